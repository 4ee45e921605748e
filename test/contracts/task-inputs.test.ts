import { describe, expect, it } from 'vitest'
import type * as z from 'zod'
import { EndInput } from '#shared/journeys/runs/end-run.ts'
import { TaskInput } from '#shared/journeys/runs/run.ts'
import { AwaitInput } from '#shared/journeys/steps/await/await-touchpoint.ts'
import { SendInput } from '#shared/journeys/steps/send/send-run.ts'
import { AlarmInput } from '#shared/journeys/steps/wait-until/find-instant.ts'
import { ParkInput } from '#shared/journeys/versions/park-run.ts'
import { HandOverInput } from '#shared/recording/steps/hand-over.ts'
import { IncomingTouchpoint } from '#shared/touchpoints/touchpoint.ts'

/*
 * Machines that run keep the definition they were started with, for up to a year, and apps are deployed when they
 * like. What they sent once must be taken for ever: a sample is added with each change, and none is ever edited.
 */

const RUN = { customer: '1m7zver4f0002', enrolment: 'DSTTBzetY9qHJ1lm7a-M5-', run: 1, journey: 'welcome', version: 3 }

const SAMPLES: readonly (readonly [name: string, schema: z.ZodType, sample: object])[] = [
  ['a task, first version', TaskInput, { ...RUN, step: 'if-her-plan-is-pro' }],
  ['a task of a run with splits', TaskInput, { ...RUN, seen: 6.01, splits: { offer: 4711 }, step: 'update-plan' }],
  ['a task inside of repeats', TaskInput, { ...RUN, step: 'update-plan', occurrence: [2, 1], pausable: true }],
  ['a wait until, first look', AlarmInput, { ...RUN, step: 'wait-until-09-00' }],
  [
    'a wait until, when the time has come',
    AlarmInput,
    { ...RUN, step: 'wait-until-09-00', askedAt: 1_773_130_000_000 },
  ],
  ['a send, first try', SendInput, { ...RUN, step: 'send-hello', ends: { sent: true, notSent: true } }],
  [
    'a send that was held',
    SendInput,
    {
      ...RUN,
      step: 'send-hello',
      holds: 2,
      deadlineAt: 1_773_130_000_000,
      because: [{ channel: 'push', code: 'quiet-hours', until: 1_773_126_000_000, detail: '21:00 to 09:00' }],
    },
  ],
  [
    'a send that tries the next channel',
    SendInput,
    { ...RUN, step: 'send-hello', tries: 1, left: ['email'], firstSeen: 7 },
  ],
  [
    'a send whose next channel was held',
    SendInput,
    { ...RUN, step: 'send-hello', tries: 1, left: ['email'], firstSeen: 7, holds: 1, deadlineAt: 1_773_130_000_000 },
  ],
  ['an await', AwaitInput, { ...RUN, step: 'await-order', token: 'AAAAKgAAAAIAAA', attempt: 0, since: 7 }],
  [
    'an await after a wait',
    AwaitInput,
    { ...RUN, step: 'await-order', token: 't', attempt: 1, since: 7.02, from: '2026-03-10T10:00:00.000Z' },
  ],
  [
    'a hand over that waits',
    HandOverInput,
    { ...RUN, step: 'hand-over-care', at: '2026-03-10T10:00:00.000Z', token: 'AAAAKgAAAAIAAA', attempt: 0 },
  ],
  ['a hand over that goes on', HandOverInput, { ...RUN, step: 'hand-over-care', at: '2026-03-10T10:00:00.000Z' }],
  [
    'an await that a pause held up',
    AwaitInput,
    {
      ...RUN,
      step: 'await-order',
      pausable: true,
      token: 't',
      attempt: 0,
      since: 7.02,
      from: '2026-03-10T10:00:00.000Z',
      held: '2026-03-10T10:00:00.000Z',
    },
  ],
  ['a run that stands still', ParkInput, { ...RUN, step: 'send-hello', token: 't', attempt: 0 }],
  [
    'a task of a run that was moved from another version',
    TaskInput,
    {
      ...RUN,
      run: 2,
      step: 'await-order',
      pausable: true,
      move: { to: 'to await-order', from: '2026-03-10T10:00:00.000Z', seconds: 3_600, rounds: [2] },
    },
  ],
  ['the end of a run', EndInput, { ...RUN, reason: 'completed' }],
  ['the end of a run that failed', EndInput, { ...RUN, reason: 'failed', error: 'Misconfigured', at: 'send-hello' }],
  [
    'a touchpoint with everything',
    IncomingTouchpoint,
    {
      id: 'evt-1',
      type: 'order.completed',
      occurredAt: '2026-03-10T11:00:00+01:00',
      channel: 'store',
      direction: 'in',
      identifiers: {
        userId: 'ada',
        email: 'ada@example.org',
        phone: '+4520123456',
        loyaltyCard: 'K-1',
        deviceId: 'd',
        anonymousId: 'a',
      },
      device: { id: 'd', platform: 'ios', pushToken: 'token', model: 'phone' },
      traits: { plan: 'pro' },
      consent: [{ purpose: 'offers', channel: 'email', state: 'given', wording: 'Yes', source: 'app' }],
      properties: { total: 9.5, items: [{ sku: 'latte' }] },
      conversation: 'c1',
      causedBy: 'e1',
      depth: 1,
      mode: 'history',
      source: 'till',
    },
  ],
  [
    'a touchpoint in short',
    IncomingTouchpoint,
    { type: 'page.viewed', identifiers: { anonymousId: 'a' }, consent: { offers: { email: true } } },
  ],
]

describe('what was sent once is taken for ever', () => {
  it.each(SAMPLES)('%s', (_, schema, sample) => {
    expect(schema.safeParse(sample).error?.issues ?? []).toEqual([])
  })
})
