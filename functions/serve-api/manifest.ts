import { CALLERS, type Manifest, SENDING, type Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'http' }>> = {
  name: 'serve-api',
  does: 'Answers HTTP: shows customers and what became of them, and does what agents, marketers and operators ask.',
  trigger: { on: 'http', paths: ['/v1'] },
  may: [
    'table:read',
    'table:index',
    'table:write',
    'bus:publish',
    'machines:start',
    'machines:resume',
    ...SENDING,
    'secrets:link-key',
    ...CALLERS,
  ],
  timeoutSeconds: 29,
  memoryMb: 1024,
}
