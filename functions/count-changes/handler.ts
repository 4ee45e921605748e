import { countChanges } from '#shared/insights/count-changes.ts'
import { onChanges } from '../kit/on-changes.ts'
import { manifest } from './manifest.ts'

export const handler = onChanges(manifest, countChanges)
