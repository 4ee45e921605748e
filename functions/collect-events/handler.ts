import { onHttp } from '../kit/on-http.ts'
import { events } from './events.ts'
import { manifest } from './manifest.ts'

export const handler = onHttp(manifest, events)
