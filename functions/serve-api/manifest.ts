import { type Manifest, SENDING, type Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'http' }>> = {
  name: 'serve-api',
  does: 'Answers HTTP: events in, customers out, what agents do, and the links in messages.',
  trigger: { on: 'http', paths: ['/v1', '/u', '/c', '/p', '/health'] },
  may: [
    'table:read',
    'table:write',
    'bus:publish',
    'machines:publish',
    'machines:start',
    'machines:resume',
    ...SENDING,
    'secrets:link-key',
  ],
  timeoutSeconds: 29,
  memoryMb: 1769,
}
