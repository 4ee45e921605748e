import { styleText } from 'node:util'
import type { CustomerView, ProfileView } from '#shared/insights/customer.ts'
import type { ThreadEntry } from '#shared/insights/thread.ts'
import { cutTo, displayWidth, onOneLine } from './display-width.ts'
import { attributeTexts, labelled } from './labelled.ts'
import { moment, ZONE } from './moment.ts'
import { hanging } from './wrap-text.ts'

/** A customer as an agent sees her: who she is, then her thread over all channels, oldest first. */
export function customerText({ customer, profile, thread }: CustomerView, width: number): string {
  const title = `${styleText('bold', customer)}  ${styleText('dim', `version ${profile.version}`)}`
  const heading = `${styleText('bold', 'Thread')}  ${styleText('dim', `times in ${ZONE}`)}`
  return [title, profileText(profile, width), '', heading, ...thread.map((entry) => entryText(entry, width))].join('\n')
}

function profileText(profile: ProfileView, width: number): string {
  const { identifiers, traits, suppressed, pushDevices, running, conversations, merged, createdAt, lastSeenAt } =
    profile
  const runs = running.map(({ journey, version, enrolment, since, waitingFor }) => {
    const wait = waitingFor === undefined ? '' : `, waits for ${waitingFor.join(' or ')}`
    return `${journey}, version ${version}, since ${moment(since)}${wait} (${enrolment})`
  })
  const talks = conversations.map(
    ({ id, team, since, waitsForUs }) =>
      `${id}${team === undefined ? '' : `, ${team}`}, since ${moment(since)}, waits for ${waitsForUs ? 'us' : 'her'}`,
  )
  return labelled(
    [
      ['Known by', Object.entries(identifiers).map(([kind, values]) => `${kind} ${values.join(', ')}`)],
      ['Traits', attributeTexts(traits)],
      ['Consent', consentTexts(profile.consent)],
      [
        'Closed',
        suppressed.map(({ channel, address, reason, since }) => `${channel} ${address}: ${reason}, ${moment(since)}`),
      ],
      ['Push to', pushDevices],
      ['Seen', `${moment(createdAt)} first, ${moment(lastSeenAt)} last`],
      ['In journeys', runs],
      ['In segments', profile.segments.map(({ segment, since }) => `${segment} since ${moment(since)}`)],
      ['Conversations', talks],
      ['Merged', merged],
    ],
    width,
  )
}

/** `offers: email, push, not sms`. */
function consentTexts(consent: ProfileView['consent']): readonly string[] {
  const channels = Map.groupBy(consent, ({ purpose }) => purpose)
  return [...channels].map(([purpose, entries]) => {
    const states = entries.map(({ channel, state }) => (state === 'given' ? channel : `not ${channel}`))
    return `${purpose}: ${states.join(', ')}`
  })
}

function entryText(entry: ThreadEntry, width: number): string {
  const time = moment(entry.at)
  const space = width - time.length - MARGIN
  const text = cutTo(onOneLine(inLocalTime(entry.text)), space)
  const [mark, style] = lookOf(entry)
  const rest = space - displayWidth(text) - 2
  const aside = rest < LEAST_ASIDE ? '' : cutTo(asideOf(entry), rest)
  const first = `${styleText('dim', time)} ${mark} ${styleText(style, text)}`
  const indent = ' '.repeat(time.length + MARGIN + 2)
  const line = aside === '' ? first : `${first}  ${styleText('dim', aside)}`
  return [
    line,
    ...reasonsOf(entry).flatMap((reason) =>
      hanging(indent, onOneLine(reason), width).map((one) => styleText('dim', one)),
    ),
  ].join('\n')
}

/** The mark, and a blank on each side of it. */
const MARGIN = 3
const LEAST_ASIDE = 12

function lookOf(entry: ThreadEntry): readonly [mark: string, style: Parameters<typeof styleText>[0]] {
  if (entry.kind === 'journey') return ['→', 'cyan']
  if (entry.kind === 'touchpoint') return ['·', []]
  return ['»', entry.state === 'sent' || entry.state === 'delivered' ? 'green' : 'yellow']
}

function reasonsOf(entry: ThreadEntry): readonly string[] {
  return entry.kind === 'message' ? entry.reasons : []
}

/** What one may want to know or to copy, but not to read. */
function asideOf(entry: ThreadEntry): string {
  if (entry.kind === 'journey') return entry.event === 'entered' ? entry.enrolment : ''
  if (entry.kind === 'message') return ''
  return onOneLine(attributeTexts(tellingOf(entry)).join(' · '))
}

/** The text says all of a segment. Feedback on a message carries many ids of ours; what happened to it is all that tells. */
function tellingOf({
  type,
  properties,
}: Extract<ThreadEntry, { kind: 'touchpoint' }>): Readonly<Record<string, unknown>> {
  if (type.startsWith('segment.')) return {}
  const all = Object.entries(properties ?? {})
  const isTelling = ([name]: [string, unknown]): boolean => !type.startsWith('message.') || TELLING.has(name)
  return Object.fromEntries(all.filter(isTelling))
}

const TELLING = new Set(['message', 'link', 'text', 'permanent', 'reason'])

function inLocalTime(text: string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, moment)
}
