import { type Manifest, SENDING, type Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'schedule' }>> = {
  name: 'sweep-due',
  does: 'Picks up what was committed but not done, and what has fallen due.',
  trigger: { on: 'schedule', everyMinutes: 1 },
  may: [
    'table:read',
    'table:index',
    'table:write',
    'machines:start',
    'machines:resume',
    ...SENDING,
    'secrets:link-key',
  ],
  timeoutSeconds: 60,
  memoryMb: 512,
}
