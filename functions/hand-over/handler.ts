import { HandOverInput, handOver } from '#shared/recording/steps/hand-over.ts'
import { onTask } from '../kit/on-task.ts'
import { manifest } from './manifest.ts'

export const handler = onTask(manifest, HandOverInput, handOver)
