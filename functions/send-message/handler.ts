import { sendMessage } from '#shared/journeys/steps/send/send-message.ts'
import { SendInput } from '#shared/journeys/steps/send/send-run.ts'
import { onTask } from '../kit/on-task.ts'
import { manifest } from './manifest.ts'

export const handler = onTask(manifest, SendInput, sendMessage)
