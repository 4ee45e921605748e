import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NOON } from '#test/builders/a-touchpoint.ts'
import type { ConsentChange } from '../touchpoints/touchpoint.ts'
import { consentState, foldConsent, isChannelStopped, stricterConsent } from './consent.ts'
import type { Profile } from './profile.ts'

type Consent = Profile['consent']

const PURPOSES = ['offers', 'loyalty'] as const
const CHANNELS = ['email', 'sms'] as const

const aChange: fc.Arbitrary<ConsentChange> = fc.record({
  purpose: fc.constantFrom(...PURPOSES, '*'),
  channel: fc.constantFrom(...CHANNELS),
  state: fc.constantFrom('given', 'withdrawn'),
})

/** What she said, each thing at an instant of its own. */
const aHistory = fc
  .array(aChange, { maxLength: 10 })
  .map((changes) => changes.map((change, minute) => ({ ...change, at: NOON + minute * 60_000 })))

type History = readonly (ConsentChange & { readonly at: number })[]

const foldAll = (history: History): Consent =>
  history.reduce<Consent>((consent, { at, ...change }) => foldConsent(consent, [change], at), {})

const EVERY_PAIR = PURPOSES.flatMap((purpose) => CHANNELS.map((channel) => [purpose, channel] as const))

/** What a sender may rely on: she allowed it, and has not stopped the channel. */
const mayWrite = (consent: Consent, purpose: string, channel: string): boolean =>
  consentState(consent, purpose, channel) === 'given' && !isChannelStopped(consent, channel)

describe('consent as folded', () => {
  it('follows what she said last about a purpose on a channel, or about all of them', () => {
    fc.assert(
      fc.property(aHistory, (history) => {
        const consent = foldAll(history)
        for (const [purpose, channel] of EVERY_PAIR) {
          const own = history.findLast((said) => said.purpose === purpose && said.channel === channel)
          const all = history.findLast((said) => said.purpose === '*' && said.channel === channel)
          const stopped = all?.state === 'withdrawn' && all.at > (own?.at ?? 0)
          expect(consentState(consent, purpose, channel)).toBe(stopped ? 'withdrawn' : (own?.state ?? 'none'))
          expect(isChannelStopped(consent, channel)).toBe(all?.state === 'withdrawn')
        }
      }),
    )
  })

  it('allows nothing that was never given by its own name', () => {
    fc.assert(
      fc.property(aHistory, (history) => {
        for (const [purpose, channel] of EVERY_PAIR) {
          const given = history.some(
            (said) => said.state === 'given' && said.purpose === purpose && said.channel === channel,
          )
          if (!given) expect(consentState(foldAll(history), purpose, channel)).not.toBe('given')
        }
      }),
    )
  })

  it('says no to everything on a channel right after STOP, whatever was said before', () => {
    fc.assert(
      fc.property(aHistory, fc.constantFrom(...CHANNELS), (history, channel) => {
        const stop = { purpose: '*', channel, state: 'withdrawn' } as const
        const consent = foldConsent(foldAll(history), [stop], NOON + 86_400_000)
        for (const purpose of PURPOSES) expect(consentState(consent, purpose, channel)).toBe('withdrawn')
      }),
    )
  })

  it('gives back after START exactly what stood when it was stopped', () => {
    fc.assert(
      fc.property(aHistory, fc.constantFrom(...CHANNELS), (history, channel) => {
        const before = foldAll(history)
        const all = { purpose: '*', channel } as const
        const stopped = foldConsent(before, [{ ...all, state: 'withdrawn' }], NOON + 86_400_000)
        const started = foldConsent(stopped, [{ ...all, state: 'given' }], NOON + 2 * 86_400_000)
        for (const purpose of PURPOSES)
          expect(consentState(started, purpose, channel)).toBe(before[`${purpose}/${channel}`]?.[0] ?? 'none')
      }),
    )
  })
})

describe('stricterConsent', () => {
  it('never lets a merge allow what either of the two had withdrawn', () => {
    fc.assert(
      fc.property(aHistory, aHistory, (one, other) => {
        const [ours, theirs] = [foldAll(one), foldAll(other)]
        const joined = stricterConsent(ours, theirs)
        for (const [purpose, channel] of EVERY_PAIR)
          for (const before of [ours, theirs])
            if (consentState(before, purpose, channel) === 'withdrawn' || isChannelStopped(before, channel))
              expect(mayWrite(joined, purpose, channel)).toBe(false)
      }),
    )
  })

  it('is the same whichever of the two is merged into the other, and with however many', () => {
    fc.assert(
      fc.property(aHistory, aHistory, aHistory, (first, second, third) => {
        const [a, b, c] = [foldAll(first), foldAll(second), foldAll(third)]
        expect(stricterConsent(a, b)).toEqual(stricterConsent(b, a))
        expect(stricterConsent(stricterConsent(a, b), c)).toEqual(stricterConsent(a, stricterConsent(b, c)))
        expect(stricterConsent(a, a)).toEqual(a)
      }),
    )
  })

  it('invents nothing: what is allowed afterwards was allowed by one of the two', () => {
    fc.assert(
      fc.property(aHistory, aHistory, (one, other) => {
        const [ours, theirs] = [foldAll(one), foldAll(other)]
        for (const [purpose, channel] of EVERY_PAIR)
          if (mayWrite(stricterConsent(ours, theirs), purpose, channel))
            expect(mayWrite(ours, purpose, channel) || mayWrite(theirs, purpose, channel)).toBe(true)
      }),
    )
  })
})
