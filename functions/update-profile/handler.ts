import { TaskInput } from '#shared/journeys/run.ts'
import { updateProfile } from '#shared/recording/update-profile.ts'
import { onTask } from '../kit/on-task.ts'
import { manifest } from './manifest.ts'

export const handler = onTask(manifest, TaskInput, updateProfile)
