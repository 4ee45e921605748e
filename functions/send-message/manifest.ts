import { type Manifest, SENDING, type Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'task' }>> = {
  name: 'send-message',
  does: 'Decides, claims, renders and delivers one message of a journey.',
  trigger: { on: 'task' },
  may: ['table:read', 'table:write', ...SENDING, 'secrets:link-key'],
  timeoutSeconds: 60,
  memoryMb: 512,
}
