import { readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { onHttp } from '../kit/on-http.ts'
import { manifest } from './manifest.ts'
import { publishing } from './publishing.ts'

export const handler = onHttp(manifest, publishing(readBrandFolder))
