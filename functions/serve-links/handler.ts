import { onHttp } from '../kit/on-http.ts'
import { links } from './links.ts'
import { manifest } from './manifest.ts'

export const handler = onHttp(manifest, links)
