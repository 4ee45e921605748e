import { describe, expect, it } from 'vitest'
import { mergeProfiles, tombstone } from '#shared/profiles/identity.ts'
import { decode, putProfile } from '#shared/profiles/store.ts'
import type { Touchpoint } from '#shared/touchpoints/touchpoint.ts'
import { aProfile, aTouchpoint, NOON } from '#test/builders/a-touchpoint.ts'
import { ANSWERED, CLOSED, converse, isOutdated, OPENED } from './converse.ts'

const CONTEXT = { idle: 7 * 86_400_000, now: NOON }
const ID = 'cnv_1'
const MINUTE = 60_000

const opened = aTouchpoint({ id: 'o', type: OPENED, channel: 'sms', conversation: ID, properties: { team: 'care' } })

const says = (minute: number, text = 'Hello'): Touchpoint =>
  aTouchpoint({
    id: `in ${minute}`,
    type: 'message.answered',
    channel: 'sms',
    occurredAt: NOON + minute * MINUTE,
    properties: { text },
  })

const _answered = (minute: number): Touchpoint =>
  aTouchpoint({ id: `out ${minute}`, type: ANSWERED, conversation: ID, occurredAt: NOON + minute * MINUTE })

const open = converse(aProfile(), opened, CONTEXT).profile

describe('converse', () => {
  it('says of each word where it belongs, and of the first where the conversation begins', () => {
    expect(converse(open, says(1), CONTEXT).touchpoint.conversation).toBe(ID)
    const first = converse(aProfile(), says(1), CONTEXT)
    expect(first.opening).toMatchObject({ type: OPENED, conversation: first.touchpoint.conversation, causedBy: 'in 1' })
    expect(converse(aProfile(), says(1), CONTEXT)).toEqual(first)
  })

  it('leaves what it does not know as it is', () => {
    for (const type of [OPENED, ANSWERED, CLOSED])
      expect(converse(aProfile(), aTouchpoint({ type }), CONTEXT)).toMatchObject({ profile: aProfile(), writes: [] })
    expect(converse(open, aTouchpoint({ type: CLOSED, conversation: 'other' }), CONTEXT).profile).toBe(open)
  })
})

describe('isOutdated', () => {
  const close = aTouchpoint({ type: CLOSED, conversation: ID, properties: { silentSince: NOON } })

  it('refuses to close for a silence that she has broken', () => {
    expect(isOutdated(open, close)).toBe(false)
    expect(isOutdated(converse(open, says(1), CONTEXT).profile, close)).toBe(true)
    expect(isOutdated(open, { ...close, properties: {} })).toBe(false)
  })
})

describe('an open conversation in the profile', () => {
  it('is stored and read as it is, and costs less than a hundred bytes', () => {
    const write = putProfile(open)
    const item = 'put' in write ? write.put : undefined
    expect(decode(item!).conversations).toEqual(open.conversations)
    expect(JSON.stringify(item?.cv).length).toBeLessThan(100)
  })

  it('outlives a merge, remembers where its rows are, and leaves nothing on the tombstone', () => {
    const other = { ...open, id: 'cus_other' }
    const merged = mergeProfiles(aProfile(), other)
    expect(merged.conversations[ID]).toMatchObject({ team: 'care', home: 'cus_other' })
    expect(tombstone(other, 'cus_ada').conversations).toEqual({})
    const [row] = converse(merged, says(1), CONTEXT).writes
    expect(row).toMatchObject({ set: { pk: 'C#cus_other', sk: `V#${ID}` } })
  })
})
