import { ParkInput, parkRun } from '#shared/journeys/versions/park-run.ts'
import { onTask } from '../kit/on-task.ts'
import { manifest } from './manifest.ts'

export const handler = onTask(manifest, ParkInput, parkRun)
