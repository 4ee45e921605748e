import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import type { CustomerView } from '#shared/insights/customer.ts'
import type { ThreadEntry } from '#shared/insights/thread.ts'
import { customerText } from './customer-text.ts'
import { moment } from './moment.ts'

const AT = '2026-11-21T19:47:03.000Z'

const aView = (thread: readonly ThreadEntry[]): CustomerView => ({
  customer: 'cus_1',
  profile: {
    version: 3,
    createdAt: AT,
    lastSeenAt: AT,
    identifiers: { userId: ['ada'], email: ['ada@example.org', 'ada@work.example'] },
    traits: { plan: 'pro', points: 120 },
    consent: [
      { purpose: 'offers', channel: 'email', state: 'given', since: AT },
      { purpose: 'offers', channel: 'sms', state: 'withdrawn', since: AT },
      { purpose: 'loyalty', channel: 'email', state: 'given', since: AT },
    ],
    suppressed: [],
    pushDevices: [],
    running: [
      { journey: 'welcome', version: 2, enrolment: 'enr_1', since: AT, waitingFor: ['order.completed', 'cart.viewed'] },
    ],
    segments: [{ segment: 'lapsed', since: AT }],
    conversations: [{ id: 'cnv_1', team: 'care', channel: 'sms', since: AT, waitsForUs: true }],
    merged: [],
  },
  thread,
})

const lines = (thread: readonly ThreadEntry[], width = 120): readonly string[] =>
  stripVTControlCharacters(customerText(aView(thread), width)).split('\n')

const threadOf = (entry: ThreadEntry, width = 120): readonly string[] => lines([entry], width).slice(-1)

const aTouchpoint = (type: string, properties: unknown): ThreadEntry => ({
  kind: 'touchpoint',
  at: AT,
  id: 'tp_1',
  type,
  channel: 'app',
  properties,
  text: `${type} on app`,
})

describe('customerText', () => {
  it('says who she is, and leaves out what there is nothing of', () => {
    expect(lines([]).slice(0, 9)).toEqual([
      'cus_1  version 3',
      'Known by       userId ada · email ada@example.org, ada@work.example',
      'Traits         plan pro · points 120',
      'Consent        offers: email, not sms · loyalty: email',
      `Seen           ${moment(AT)} first, ${moment(AT)} last`,
      `In journeys    welcome, version 2, since ${moment(AT)}, waits for order.completed or cart.viewed (enr_1)`,
      `In segments    lapsed since ${moment(AT)}`,
      `Conversations  cnv_1, care, since ${moment(AT)}, waits for us`,
      '',
    ])
  })

  it('shows a touchpoint with its properties, as far as the line goes', () => {
    const touchpoint = aTouchpoint('order.started', { order_id: 'o-1', total: 12.5 })
    expect(threadOf(touchpoint)).toEqual([`${moment(AT)} · order.started on app  order_id o-1 · total 12.5`])
    expect(threadOf(touchpoint, 60)).toEqual([`${moment(AT)} · order.started on app  order_id o-1 · tot…`])
    expect(threadOf(touchpoint, 45)).toEqual([`${moment(AT)} · order.started on app`])
  })

  it('shows of feedback what tells a person something', () => {
    const clicked = aTouchpoint('message.clicked', {
      dispatch: 'dsp_1',
      message: 'welcome',
      link: 'https://kaffi.example',
    })
    expect(threadOf(clicked)).toEqual([
      `${moment(AT)} · message.clicked on app  message welcome · link https://kaffi.example`,
    ])
  })

  it('puts every reason of a decision under it, with times of this machine', () => {
    const held: ThreadEntry = {
      kind: 'message',
      at: AT,
      dispatch: 'dsp_1',
      message: 'welcome',
      state: 'held',
      reasons: ['push: We have no address of hers on this channel.', 'email: It is night where she is.'],
      text: `welcome held until ${AT}`,
    }
    expect(lines([held]).slice(-3)).toEqual([
      `${moment(AT)} » welcome held until ${moment(AT)}`,
      '                     push: We have no address of hers on this channel.',
      '                     email: It is night where she is.',
    ])
  })

  it('gives the enrolment where a journey begins', () => {
    const entered = {
      kind: 'journey',
      at: AT,
      journey: 'welcome',
      enrolment: 'enr_1',
      text: 'entered welcome',
    } as const
    expect(threadOf({ ...entered, event: 'entered' }, 45)).toEqual([`${moment(AT)} → entered welcome`])
    expect(threadOf({ ...entered, event: 'entered' })).toEqual([`${moment(AT)} → entered welcome  enr_1`])
    expect(threadOf({ ...entered, event: 'goal', text: 'reached the goal of welcome' })).toEqual([
      `${moment(AT)} → reached the goal of welcome`,
    ])
  })

  it('lets nothing she wrote control the terminal', () => {
    const touchpoint = aTouchpoint('chat.written', { text: '\u001b[2Jhello\nthere' })
    expect(customerText(aView([touchpoint]), 200)).not.toContain('\u001b[2J')
  })
})
