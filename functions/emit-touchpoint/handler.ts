import { TaskInput } from '#shared/journeys/runs/run.ts'
import { emitTouchpoint } from '#shared/recording/steps/emit-touchpoint.ts'
import { onTask } from '../kit/on-task.ts'
import { manifest } from './manifest.ts'

export const handler = onTask(manifest, TaskInput, emitTouchpoint)
