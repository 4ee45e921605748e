import * as z from 'zod'
import { choice, listOr } from '../../../documents/choice.ts'
import { duration, oneOrMore, readAs, timeOfDay } from '../../../documents/fields.ts'
import { path, type Path as ValuePath } from '../../../segments/path.ts'
import { DAY, describeDuration, parseDuration } from '../../../time/duration.ts'
import { WEEKDAYS, type Weekday } from '../../../time/zones.ts'
import { DONE, outcomeIs, type Place, passedOn, quoted, task } from '../place.ts'
import type { Path, StepBase, StepKind, Way } from '../step-kind.ts'

/** What happens where there is nothing to wait for. */
export type Policy = 'exit' | 'continue' | readonly StepBase[]

/** A local hour, on the next of some days of the week. */
export interface UntilTime {
  readonly time: string
  readonly days: readonly Weekday[]
}

/** A date among her traits. */
export interface UntilDate {
  readonly trait: ValuePath
  /** Milliseconds; with a local hour, or for a date without one, they are whole days of the calendar. */
  readonly offset: number
  /** The local hour; undefined takes that of the date, and nine o'clock for a date without one. */
  readonly at?: string | undefined
  /** Milliseconds from the first look: a date that is further away is none. */
  readonly within: number
  readonly ifMissing: Policy
  readonly ifPast: Policy
}

export interface WaitUntilStep extends StepBase {
  readonly kind: 'wait until'
  readonly until: UntilTime | UntilDate
}

const NAMED_DAYS: Readonly<Record<string, readonly Weekday[]>> = {
  weekdays: WEEKDAYS.slice(0, 5),
  weekend: WEEKDAYS.slice(5),
}

const day = readAs('a day, as in monday, weekdays or weekend', (word): readonly Weekday[] | undefined => {
  const one = WEEKDAYS.find((name) => name === word)
  return one === undefined ? NAMED_DAYS[word] : [one]
})

const signedDuration = readAs('a duration before or after, as in "-3 days" or "2 hours"', (written) => {
  const [, sign, rest = ''] = /^([+-]?)\s?(.+)$/.exec(written) ?? []
  const length = parseDuration(rest)
  return length === undefined ? undefined : sign === '-' ? -length : length
})

/** A run lives a year at the most, and something comes before and after. */
const FURTHEST = 300 * DAY
const USUALLY = 180 * DAY

const local = z
  .strictObject({ 'wait until': timeOfDay, days: oneOrMore(day).optional() })
  .transform(({ 'wait until': time, days }) => ({ until: { time, days: days?.flat() ?? WEEKDAYS } }))

function dated(steps: z.ZodType<readonly StepBase[]>) {
  const policy = listOr(steps, z.enum(['exit', 'continue']))
  return z
    .strictObject({
      'wait until': path,
      offset: signedDuration.default(0),
      at: timeOfDay.optional(),
      within: duration
        .refine((within) => within > 0 && within <= FURTHEST, `It waits for ${FURTHEST / DAY} days at the most.`)
        .default(USUALLY),
      'if missing': policy,
      'if past': policy,
    })
    .refine(({ at, offset }) => at === undefined || offset % DAY === 0, {
      path: ['offset'],
      message: 'Beside "at" the offset is whole days.',
    })
    .transform(({ 'wait until': trait, 'if missing': ifMissing, 'if past': ifPast, ...rest }) => ({
      until: { trait, ifMissing, ifPast, ...rest },
    }))
}

export const waitUntilStep: StepKind<WaitUntilStep> = {
  key: 'wait until',
  schema: (steps) => {
    const date = dated(steps)
    return choice([local, date], (value) =>
      isTime((value as { 'wait until'?: unknown })['wait until']) ? local : date,
    )
  },
  label: ({ until }) => ('time' in until ? until.time : until.trait.join(' ')),
  paths: ({ until }) =>
    'time' in until ? [] : [...pathFor('if missing', until.ifMissing), ...pathFor('if past', until.ifPast)],
  references: () => [],
  longest: ({ until }) => ('time' in until ? longestFor(until) : until.within),
  ways: ({ until }) => ('time' in until ? [{ least: 0, most: longestFor(until) }] : waysPast(until)),
  describe: ({ until }) => ('time' in until ? describeTime(until) : describeDate(until)),
  compile: compileWaitUntil,
}

/** What begins with a digit is meant as a time, even one that there is not, or "9 am". */
function isTime(written: unknown): boolean {
  return typeof written === 'string' && /^\d/.test(written)
}

function pathFor(name: 'if missing' | 'if past', policy: Policy): readonly Path[] {
  return typeof policy === 'string' ? [] : [{ name, at: [name], steps: policy }]
}

/** A date may be found missing after a long wait, but only at once to have passed. */
function waysPast({ within, ifMissing, ifPast }: UntilDate): readonly Way[] {
  const policies = [
    { policy: ifMissing, most: within },
    { policy: ifPast, most: 0 },
  ]
  const written = policies.filter(({ policy }) => typeof policy !== 'string')
  return [{ least: 0, most: within }, ...written.map(({ most }, path) => ({ path, least: 0, most }))]
}

/** Up to the same day of the next week, and she may cross the date line meanwhile. */
function longestFor({ days }: UntilTime): number {
  return (days.length === WEEKDAYS.length ? 3 : 9) * DAY
}

function describeTime({ time, days }: UntilTime): string {
  const named = Object.entries(NAMED_DAYS).find(([, list]) => String(list) === String(days))?.[0]
  const on = named ?? days.join(' or ')
  return `wait until ${time}${days.length === WEEKDAYS.length ? '' : ` on ${on}`} where she is`
}

function describeDate({ trait, offset, at }: UntilDate): string {
  const away = offset === 0 ? '' : `${describeDuration(Math.abs(offset))} ${offset < 0 ? 'before' : 'after'} `
  return `wait until ${away}her ${trait.join('.')}${at === undefined ? '' : ` at ${at}`}`
}

/** The task says until when; after the wait it is asked again, since the date or her zone may have changed. */
function compileWaitUntil(step: WaitUntilStep, place: Place): string {
  const { id, until } = step
  const choiceName = `${id}?`
  const waiting = `${id} waits`
  const answer = (name: string): string => `$states.result.Payload.${name}`
  const Output = passedOn({ outcome: answer('outcome'), until: answer('until'), again: answer('again') })
  place.add(id, task(step, place, { function: 'find-instant', next: choiceName, extra: { Output } }))
  const policies = 'time' in until ? {} : { missing: until.ifMissing, past: until.ifPast }
  place.add(choiceName, {
    Type: 'Choice',
    Choices: [
      { Condition: outcomeIs('wait'), Next: waiting },
      ...Object.entries(policies).map(([outcome, policy]) => ({
        Condition: outcomeIs(outcome),
        Next: entryFor(step, place, outcome, policy),
      })),
    ],
    Default: place.next,
  })
  place.add(waiting, {
    Type: 'Wait',
    Timestamp: '{% $states.input.until %}',
    Output: "{% $merge([$states.input, {'waited': true}]) %}",
    Next: id,
  })
  return id
}

/** The state that a policy leads to. */
function entryFor(step: StepBase, place: Place, outcome: string, policy: Policy): string {
  if (policy === 'continue') return place.next
  if (policy !== 'exit') return place.sequence(policy, place.next)
  const name = `${step.id} ${outcome}`
  place.add(
    name,
    task(step, place, { function: 'end-run', next: DONE, payload: { reason: quoted(`date-${outcome}`) } }),
  )
  return name
}
