import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'http' }>> = {
  name: 'serve-links',
  does: 'Answers the links in messages, which prove themselves, and says that it is there.',
  trigger: { on: 'http', paths: ['/u', '/c', '/p', '/health'] },
  may: ['table:read', 'bus:publish', 'secrets:link-key'],
  timeoutSeconds: 29,
  memoryMb: 512,
}
