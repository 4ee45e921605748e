import { EndInput, endRun } from '#shared/journeys/runs/end-run.ts'
import { onTask } from '../kit/on-task.ts'
import { manifest } from './manifest.ts'

export const handler = onTask(manifest, EndInput, endRun)
