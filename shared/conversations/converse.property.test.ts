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

describe('converse', () => {
  it('knows who waits for whom, in whatever order the words come in', () => {
    const aWord = fc
      .tuple(fc.boolean(), fc.integer({ min: 1, max: 9 }))
      .map(([hers, at]) => (hers ? says(at) : answered(at)))
    fc.assert(
      fc.property(fc.uniqueArray(aWord, { selector: ({ id }) => id, maxLength: 6 }), (words) => {
        const talk = (list: readonly Touchpoint[]) =>
          list.reduce((profile, word) => converse(profile, word, CONTEXT).profile, open).conversations[ID]
        expect(talk(words.toReversed())).toEqual(talk(words))
        const last = words.toSorted((a, b) => b.occurredAt - a.occurredAt || (a.type < b.type ? -1 : 1))[0]
        expect(waitsForUs(talk(words)!)).toBe(last === undefined || last.type === 'message.answered')
      }),
    )
  })
})
