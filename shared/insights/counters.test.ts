import { describe, expect, it } from 'vitest'
import { aTouchpoint } from '#test/builders/a-touchpoint.ts'
import { type DispatchState, dispatchItem } from '../dispatches/dispatch-row.ts'
import { type Enrolment, enrolmentItem } from '../journeys/runs/enrolment.ts'
import { timelineItem } from '../profiles/timeline-row.ts'
import type { Change } from '../world/feed.ts'
import type { Item } from '../world/table.ts'
import { countersOf, dayOf } from './counters.ts'

const DAY = 86_400_000
const NOON = Date.parse('2026-11-21T12:00:00Z')

const changeOf = (after: Item, before?: Item): Change => ({
  ...{ sequence: '1', pk: after.pk, sk: after.sk, after },
  ...(before === undefined ? {} : { before }),
})

const anEnrolment = (more: Partial<Enrolment> = {}): Item =>
  enrolmentItem(
    {
      id: 'e1',
      customer: 'cus_ada',
      journey: 'welcome',
      version: 1,
      run: 1,
      machine: 'welcome:1',
      state: 'running',
      entry: { id: 'tp', type: 'a.b', occurredAt: NOON, channel: 'app', properties: {} },
      seen: 1,
      enteredAt: NOON,
      endsBy: NOON + DAY,
      ...more,
    },
    NOON,
  )

const aDispatch = (state: DispatchState, code: 'quiet-hours' | 'no-consent' | 'may-send' = 'may-send'): Item =>
  dispatchItem({
    ...{
      id: 'd1',
      customer: 'cus_ada',
      state,
      journey: 'welcome',
      journeyVersion: 1,
      enrolment: 'e1',
      run: 1,
      step: 's',
    },
    ...{
      message: 'hello',
      purpose: 'offers',
      channel: 'sms',
      because: [{ channel: 'sms', code }],
      decidedAt: NOON,
      seen: 1,
    },
  })

const viewed = timelineItem('cus_ada', aTouchpoint({ occurredAt: NOON - 3 * DAY, channel: 'web' }), { moment: 1 })

describe('countersOf', () => {
  it.each([
    ['a touchpoint', changeOf(viewed), ['touchpoints', 'touchpoints.web', 'types.page.viewed']],
    [
      'the one that makes a customer',
      changeOf({ ...viewed, identity: 'created' }),
      expect.arrayContaining(['customers.created']),
    ],
    ['the same again', changeOf(viewed, viewed), []],
    ['an entry', changeOf(anEnrolment()), ['entered', 'entered.welcome']],
    ['an end', changeOf(anEnrolment({ state: 'ended', reason: 'exited' }), anEnrolment()), ['ended.welcome.exited']],
    [
      'somebody held out',
      changeOf(anEnrolment({ state: 'ended', reason: 'holdout' })),
      ['entered', 'entered.welcome', 'ended.welcome.holdout'],
    ],
    ['a goal', changeOf(anEnrolment({ goalAt: NOON }), anEnrolment()), ['goals', 'goals.welcome']],
    ['a goal a second time', changeOf(anEnrolment({ goalAt: NOON, goalValue: 5 }), anEnrolment({ goalAt: NOON })), []],
    ['a message sent', changeOf(aDispatch('sent'), aDispatch('claimed')), ['sent', 'sent.sms', 'messages.hello']],
    [
      'a message that arrived at once',
      changeOf(aDispatch('delivered'), aDispatch('claimed')),
      ['sent', 'sent.sms', 'messages.hello'],
    ],
    ['a message opened', changeOf({ ...aDispatch('sent'), openedAt: NOON }, aDispatch('sent')), []],
    ['a hold', changeOf(aDispatch('held', 'quiet-hours')), ['held', 'held.quiet-hours']],
    ['a hold again', changeOf(aDispatch('held', 'quiet-hours'), aDispatch('held', 'quiet-hours')), []],
    ['a skip', changeOf(aDispatch('skipped', 'no-consent')), ['skipped', 'skipped.no-consent']],
    ['doubt', changeOf(aDispatch('uncertain'), aDispatch('claimed')), ['uncertain', 'uncertain.may-send']],
    ['a claim', changeOf(aDispatch('claimed')), []],
    ['a row removed', { sequence: '1', pk: 'C#cus_ada', sk: 'T#x', before: viewed }, []],
    ['a row of another kind', changeOf({ pk: 'C#cus_ada', sk: 'PROFILE' }), []],
  ])('of %s', (_what, change, counters) => {
    expect(countersOf(change)).toEqual(counters)
  })
})

describe('dayOf', () => {
  const ended = anEnrolment({ state: 'ended', reason: 'completed', endedAt: NOON + DAY })
  it.each([
    ['a touchpoint counts when it occurred', changeOf(viewed), '2026-11-18'],
    ['an entry counts when she entered', changeOf(anEnrolment()), '2026-11-21'],
    ['an end counts when it came', changeOf(ended, anEnrolment()), '2026-11-22'],
    [
      'a goal counts when it was reached, be it after the end',
      changeOf({ ...ended, goalAt: NOON + 5 * DAY }, ended),
      '2026-11-26',
    ],
    ['a message counts when it was decided', changeOf(aDispatch('skipped', 'no-consent')), '2026-11-21'],
  ])('%s', (_what, change, day) => {
    expect(dayOf(change)).toBe(day)
  })
})
