import { AlarmInput, findInstant } from '#shared/journeys/steps/wait-until/find-instant.ts'
import { onTask } from '../kit/on-task.ts'
import { manifest } from './manifest.ts'

export const handler = onTask(manifest, AlarmInput, findInstant)
