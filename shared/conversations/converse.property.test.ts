import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { waitsForUs } from '#shared/profiles/profile.ts'
import type { Touchpoint } from '#shared/touchpoints/touchpoint.ts'
import { aProfile, aTouchpoint, NOON } from '#test/builders/a-touchpoint.ts'
import { ANSWERED, converse, OPENED } from './converse.ts'

const CONTEXT = { idle: 7 * 86_400_000, now: NOON }
const ID = 'cnv_1'
const MINUTE = 60_000

const opened = aTouchpoint({ id: 'o', type: OPENED, channel: 'sms', conversation: ID })

const says = (minute: number): Touchpoint =>
  aTouchpoint({
    id: `in ${minute}`,
    type: 'message.answered',
    channel: 'sms',
    occurredAt: NOON + minute * MINUTE,
    properties: { text: 'Hello' },
  })

const answered = (minute: number): Touchpoint =>
  aTouchpoint({ id: `out ${minute}`, type: ANSWERED, conversation: ID, occurredAt: NOON + minute * MINUTE })

const open = converse(aProfile(), opened, CONTEXT).profile

const someWords = fc.uniqueArray(
  fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 9 })).map(([hers, at]) => (hers ? says(at) : answered(at))),
  { selector: ({ id }) => id, maxLength: 6 },
)

function waitsAfter(words: readonly Touchpoint[]): boolean {
  const { conversations } = words.reduce((profile, word) => converse(profile, word, CONTEXT).profile, open)
  return waitsForUs(conversations[ID]!)
}

describe('converse', () => {
  it('knows who waits for whom', () => {
    fc.assert(
      fc.property(someWords, (words) => {
        const inTime = words.toSorted((a, b) => a.occurredAt - b.occurredAt || (a.type < b.type ? -1 : 1))
        const last = inTime.at(-1)
        expect(waitsAfter(inTime)).toBe(last === undefined || last.type === 'message.answered')
      }),
    )
  })

  it('lets no word of hers go unread, however late it comes in', () => {
    fc.assert(
      fc.property(someWords, (words) => {
        const isOurs = ({ type }: Touchpoint) => type === ANSWERED
        const answers = words.filter(isOurs)
        for (const word of words.filter((one) => !isOurs(one))) expect(waitsAfter([...answers, word])).toBe(true)
        const latest = Math.max(0, ...answers.map(({ occurredAt }) => occurredAt))
        if (words.some((word) => !isOurs(word) && word.occurredAt > latest)) expect(waitsAfter(words)).toBe(true)
      }),
    )
  })
})
