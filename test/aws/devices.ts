import { createECDH, randomBytes } from 'node:crypto'

function aSubscription(): string {
  const p256dh = createECDH('prime256v1').generateKeys('base64url')
  const keys = { p256dh, auth: randomBytes(16).toString('base64url') }
  return JSON.stringify({ endpoint: 'https://push.example/1', keys })
}

/** One of each kind: each is pushed to by another way. */
export const DEVICES = [
  { id: 'iphone', platform: 'ios', pushToken: 'token' },
  { id: 'pixel', platform: 'android', pushToken: 'token' },
  { id: 'browser', platform: 'web', pushToken: aSubscription() },
] as const
