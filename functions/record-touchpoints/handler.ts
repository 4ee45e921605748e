import { receiveEvents } from '#shared/recording/doors/receive-events.ts'
import { onQueue } from '../kit/on-queue.ts'
import { manifest } from './manifest.ts'

export const handler = onQueue(manifest, receiveEvents)
