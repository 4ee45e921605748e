import * as fc from 'fast-check'
import * as YAML from 'yaml'
import { someSteps, type WrittenStep } from '#test/builders/some-journey.ts'

export const SEGMENTS = {
  pros: '{ trait: plan, is: pro }',
  active: '{ did: page.viewed, at least: 2 times, in the last: 3 days }',
  'pro-active': '[{ in segment: pros }, { in segment: active }]',
}

export type Random = () => number

export function pick<T>(random: Random, list: readonly T[]): T {
  return list[Math.floor(random() * list.length)] as T
}

const ENTRIES: readonly ((random: Random) => object)[] = [
  () => ({ when: 'order.started' }),
  () => ({ when: 'order.started', key: 'order_id' }),
  () => ({ when: 'order.started', key: 'order_id', 'same key': 'restart' }),
  () => ({ when: 'order.started', again: 'after 2 days' }),
  () => ({ when: 'page.viewed', pace: '2 per hour', again: 'after 1 day' }),
  (random) => ({ 'joins segment': pick(random, Object.keys(SEGMENTS)), existing: 'include', pace: '2 per hour' }),
  (random) => ({ 'joins segment': pick(random, Object.keys(SEGMENTS)) }),
  (random) => ({ 'leaves segment': pick(random, Object.keys(SEGMENTS)) }),
  () => ({ schedule: '0 12 * * *', segment: 'pros', again: 'after 2 days' }),
  () => ({ once: '2026-03-12 12:00', segment: 'pros' }),
  () => ({ once: '2026-03-13 12:00', zone: 'hers', segment: 'active' }),
  () => ({ date: 'birthday', every: 'year', at: '11:00' }),
  () => ({ api: 'yes' }),
]

const EXITS: readonly object[] = [
  { when: 'order.completed' },
  { when: 'order.completed', where: { property: 'order_id', 'same as': 'entry.order_id' } },
  { when: 'segment.left', where: { property: 'segment', is: 'pros' } },
  { if: { trait: 'plan', is: 'free' } },
]

/** As YAML: entry, exit, goal and steps by chance; whether it may be published is another matter. */
export function aJourney(random: Random, name: string, apis: readonly string[]): string {
  const isBroadcast = random() < 0.1
  const perhaps = (chance: number, more: object): object => (random() < chance ? more : {})
  const journey = {
    journey: name,
    purpose: random() < 0.8 ? 'offers' : 'service',
    enter: isBroadcast ? { ...BROADCAST, ...perhaps(0.5, { pace: '3 per hour' }) } : anEntry(random, name, apis),
    ...perhaps(0.5, { exit: [pick(random, EXITS)] }),
    ...perhaps(0.3, { goal: { when: 'order.completed', within: '7 days' } }),
    ...perhaps(0.1, { holdout: '30%' }),
    steps: isBroadcast ? [{ send: 'hello' }] : steps(random, apis),
  }
  return YAML.stringify(journey, { aliasDuplicateObjects: false })
}

const BROADCAST = { once: '2026-03-12 12:00', segment: 'pros' }

function anEntry(random: Random, name: string, apis: readonly string[]): object {
  return apis.includes(name) ? { api: 'yes' } : pick(random, ENTRIES)(random)
}

function steps(random: Random, apis: readonly string[]): readonly WrittenStep[] {
  const [some = []] = fc.sample(someSteps, { seed: Math.floor(random() * 2 ** 31), numRuns: 1 })
  return apis.length > 0 && random() < 0.3 ? [...some, { start: pick(random, apis) }] : some
}
