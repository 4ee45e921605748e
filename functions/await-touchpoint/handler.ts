import { AwaitInput, awaitTouchpoint } from '#shared/journeys/steps/await/await-touchpoint.ts'
import { onTask } from '../kit/on-task.ts'
import { manifest } from './manifest.ts'

export const handler = onTask(manifest, AwaitInput, awaitTouchpoint)
