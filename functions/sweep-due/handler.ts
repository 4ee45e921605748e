import { sweepDue } from '#shared/recording/due/sweep-due.ts'
import { onSchedule } from '../kit/on-schedule.ts'
import { manifest } from './manifest.ts'

export const handler = onSchedule(manifest, sweepDue)
