import { CALLERS, type Manifest, type Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'http' }>> = {
  name: 'publish-brand',
  does: 'Publishes the folder of a brand, and moves customers to new versions of journeys: it alone makes machines.',
  trigger: { on: 'http', paths: ['/v1/brand', '/v1/journeys/{name}/moves'] },
  may: ['table:read', 'table:index', 'table:write', 'machines:publish', ...CALLERS],
  timeoutSeconds: 29,
  memoryMb: 1769,
}
