import { TaskInput } from '#shared/journeys/runs/run.ts'
import { callWebhook } from '#shared/journeys/steps/webhook/call-webhook.ts'
import { onTask } from '../kit/on-task.ts'
import { manifest } from './manifest.ts'

export const handler = onTask(manifest, TaskInput, callWebhook)
