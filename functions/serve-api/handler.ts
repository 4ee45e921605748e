import { onHttp } from '../kit/on-http.ts'
import { api } from './api.ts'
import { manifest } from './manifest.ts'

export const handler = onHttp(manifest, api)
