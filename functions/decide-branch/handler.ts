import { TaskInput } from '#shared/journeys/runs/run.ts'
import { decideBranch } from '#shared/journeys/steps/decide-branch.ts'
import { onTask } from '../kit/on-task.ts'
import { manifest } from './manifest.ts'

export const handler = onTask(manifest, TaskInput, decideBranch)
