import { TaskInput } from '#shared/journeys/runs/run.ts'
import { updateProfile } from '#shared/recording/steps/update-profile.ts'
import { onTask } from '../kit/on-task.ts'
import { manifest } from './manifest.ts'

export const handler = onTask(manifest, TaskInput, updateProfile)
