import { SendInput, sendMessage } from '#shared/journeys/steps/send/send-message.ts'
import { onTask } from '../kit/on-task.ts'
import { manifest } from './manifest.ts'

export const handler = onTask(manifest, SendInput, sendMessage)
