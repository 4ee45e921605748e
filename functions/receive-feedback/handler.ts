import { receiveFeedback } from '#shared/recording/doors/receive-feedback.ts'
import { onQueue } from '../kit/on-queue.ts'
import { manifest } from './manifest.ts'

export const handler = onQueue(manifest, receiveFeedback)
