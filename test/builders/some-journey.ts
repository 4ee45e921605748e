import * as fc from 'fast-check'
import * as YAML from 'yaml'

/** A step as a document writes it: texts, lists and maps. */
export type WrittenStep = Readonly<Record<string, unknown>>

export const TYPES = ['order.completed', 'cart.viewed', 'page.viewed'] as const

export const MESSAGES = ['hello', 'reminder'] as const

const aType = fc.constantFrom(...TYPES)
const aDuration = fc.constantFrom('0 seconds', '90 seconds', '1 hour', '2 days')
const aTime = fc.constantFrom('1 second', '3 hours', '2 days')
const aName = fc.constantFrom('first', 'second', 'third')

const aCondition = fc.constantFrom(
  { trait: 'plan', is: 'pro' },
  { did: 'page.viewed', 'at least': '2 times', 'in the last': '30 days' },
  { any: [{ consent: 'offers', by: 'sms' }, { bucket: '30%' }] },
  { entry: 'total', 'at least': '10' },
  { message: 'hello', was: 'sent' },
)

const aWhere = fc.constantFrom({ property: 'total', 'at least': '10' }, { channel: 'store' })

type Steps = fc.Arbitrary<readonly WrittenStep[]>

const sent = (steps: Steps) => ({
  send: fc.constantFrom(...MESSAGES),
  by: fc.constantFrom('sms', 'push', ['push', 'sms']),
  deadline: aDuration,
  'if not sent': fc.oneof(fc.constantFrom('continue', 'exit'), steps),
})

const triedNext = fc.record(
  {
    send: fc.constantFrom(...MESSAGES),
    by: fc.constantFrom('preferred', 'reply', ['push', 'sms']),
    'try next after': aTime,
    unless: fc.constantFrom('delivered', 'opened', 'clicked'),
    at: fc.constant('her hour'),
  },
  { requiredKeys: ['send', 'try next after'] },
)

const splitInto = (steps: Steps) =>
  fc.tuple(aName, fc.integer({ min: 0, max: 100 }), steps, steps).map(([split, share, one, other]) => ({
    split,
    into: [
      { name: 'one', share: `${share}%`, then: one },
      { name: 'other', share: `${100 - share}%`, then: other },
    ],
  }))

const amounts = fc.dictionary(fc.constantFrom('points', 'visits'), fc.integer({ min: -5, max: 5 }).map(String))

const updated = fc
  .record({ set: fc.dictionary(fc.constantFrom('plan', 'tier'), fc.constantFrom('pro', 'free')), add: amounts })
  .filter(({ set, add }) => Object.keys({ ...set, ...add }).length > 0)
  .map((update) => ({ update }))

const someProperties = fc.dictionary(
  fc.constantFrom('order', 'total'),
  fc.constantFrom('o1', '{{ entry.total }}', 'for {{ customer.name | default: "you" }}'),
)

const emitted = fc.record(
  { emit: fc.constantFrom('order.praised', 'card.filled'), properties: someProperties },
  { requiredKeys: ['emit'] },
)

/** To an address that the guard refuses without a look-up, so that no test calls anybody. */
const called = fc.record(
  {
    webhook: fc.constantFrom('https://192.0.2.1/', 'https://192.0.2.1/{{ entry.order_id }}'),
    method: fc.constantFrom('POST', 'PUT', 'DELETE'),
    headers: fc.constant({ 'X-Own': '{{ entry.total }}' }),
    body: someProperties,
    'save as': fc.constantFrom('offer', 'answer'),
    timeout: fc.constantFrom('1 second', '10 seconds'),
  },
  { requiredKeys: ['webhook'] },
)

const untilTime = fc.record(
  {
    'wait until': fc.constantFrom('09:00', '23:30'),
    days: fc.constantFrom('weekdays', 'monday', ['friday', 'weekend']),
  },
  { requiredKeys: ['wait until'] },
)

const untilDate = (steps: Steps) => {
  const policy = fc.oneof(fc.constantFrom('continue', 'exit'), steps)
  return fc.record(
    {
      'wait until': fc.constantFrom('pointsExpireOn', 'card.expires'),
      offset: fc.constantFrom('-3 days', '1 week'),
      at: fc.constant('10:00'),
      within: fc.constantFrom('2 days', '30 days'),
      'if missing': policy,
      'if past': policy,
    },
    { requiredKeys: ['wait until', 'within', 'if missing', 'if past'] },
  )
}

const repeated = (steps: Steps) =>
  fc.record(
    {
      repeat: steps.filter((list) => list.length > 0),
      'up to': fc.constantFrom('1 time', '3 times'),
      until: aCondition,
    },
    { requiredKeys: ['repeat', 'up to'] },
  )

const handedOver = (steps: Steps) =>
  fc.oneof(
    fc.constant({ 'hand over': 'care', note: 'About {{ entry.topic }}' }),
    fc.record(
      { 'hand over': fc.constantFrom('care', 'care-leads'), within: aTime, then: steps, else: steps },
      { requiredKeys: ['hand over', 'within'] },
    ),
  )

/** Steps of every kind, as deep as they nest by chance. */
export const someSteps: Steps = fc.letrec<{ step: WrittenStep; steps: readonly WrittenStep[] }>((tie) => {
  const steps = fc.array(tie('step'), { maxLength: 3, depthIdentifier: 'steps' })
  const awaits = fc.oneof(
    fc.record(
      { await: aType, where: aWhere, within: aTime, then: steps, else: steps },
      { requiredKeys: ['await', 'within'] },
    ),
    fc.record({
      await: fc.array(fc.record({ when: aType, where: aWhere, then: steps }, { requiredKeys: ['when'] }), {
        minLength: 1,
        maxLength: 3,
      }),
      within: aTime,
    }),
  )
  const cases = fc.array(fc.record({ if: aCondition, then: steps }), { minLength: 1, maxLength: 3 })
  const own = fc.oneof(
    { depthSize: 'small', depthIdentifier: 'steps' },
    fc.record(sent(steps), { requiredKeys: ['send'] }),
    triedNext,
    fc.record({ wait: aDuration }),
    fc.constant({ exit: 'had enough' }),
    handedOver(steps),
    updated,
    awaits,
    fc.record({ if: aCondition, then: steps, else: steps }, { requiredKeys: ['if', 'then'] }),
    fc.record({ branch: cases, else: steps }, { requiredKeys: ['branch'] }),
    splitInto(steps),
    emitted,
    called,
    untilTime,
    untilDate(steps),
    repeated(steps),
  )
  const failure = fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    fc.record({ 'if it fails': fc.oneof(fc.constantFrom('continue', 'exit'), steps) }),
  )
  return { step: fc.tuple(own, failure).map((parts): WrittenStep => Object.assign({}, ...parts)), steps }
}).steps

export function journeyYaml(steps: readonly WrittenStep[]): string {
  const journey = { journey: 'any', purpose: 'offers', enter: { when: 'order.started' }, steps }
  return YAML.stringify(journey, { aliasDuplicateObjects: false })
}
