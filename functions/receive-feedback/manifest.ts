import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'provider-events' }>> = {
  name: 'receive-feedback',
  does: 'Turns what providers report about messages into touchpoints.',
  trigger: { on: 'provider-events', sources: ['aws.ses', 'aws.sms-voice'] },
  may: ['table:read', 'table:write', 'bus:publish'],
  timeoutSeconds: 60,
  memoryMb: 512,
}
