import type { Manifest, Trigger } from '../kit/manifest.ts'

export const manifest: Manifest<Extract<Trigger, { on: 'provider-events' }>> = {
  name: 'receive-feedback',
  does: 'Turns what providers report about messages into touchpoints.',
  trigger: { on: 'provider-events', sources: ['aws.ses', 'aws.sms-voice', 'aws.social-messaging'] },
  may: ['table:read', 'table:dead-letters', 'bus:publish'],
  timeoutSeconds: 60,
  memoryMb: 512,
}
