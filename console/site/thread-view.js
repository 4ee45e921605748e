import { h, icon } from './h.js'
import { capitalised, channelName, dayOf, inLocalTime, inWords, spoken, timeOf } from './words.js'

const FILTERS = { all: 'Everything', hers: 'Hers', ours: 'Ours', journeys: 'Journeys' }

/** What is told by the entry of the message, or says nothing to a person. */
const IDS = /(^|_)(id|ids)$|Id$|^(dispatch|enrolment|run|journey|segment|message|existing)$/

/** Her thread, the latest first. @param here the address of this customer */
export function threadView(thread, { show, here }) {
  const shown = thread.filter((entry) => show === 'all' || sideOf(entry) === show).toReversed()
  const days = [...Map.groupBy(shown, ({ at }) => dayOf(at))]
  return h(
    'section',
    { class: 'thread', 'aria-label': 'Thread' },
    h(
      'nav',
      { class: 'filters', 'aria-label': 'Show' },
      Object.entries(FILTERS).map(([name, label]) =>
        h(
          'a',
          { href: name === 'all' ? here : `${here}?show=${name}`, 'aria-current': name === show && 'true' },
          label,
        ),
      ),
    ),
    shown.length === 0 && h('p', { class: 'aside' }, 'Nothing yet.'),
    days.map(([day, entries]) => [h('h2', { class: 'day' }, day), h('ol', { class: 'line' }, entries.map(entryView))]),
  )
}

function sideOf({ kind, channel }) {
  if (kind === 'message') return 'ours'
  return kind === 'journey' || channel === 'journey' || channel === 'segment' ? 'journeys' : 'hers'
}

function entryView(entry) {
  const { title, channel, mark, detail, tone } = tell(entry)
  const time = h('time', { datetime: entry.at, title: entry.at }, timeOf(entry.at))
  const isQuiet = tone === 'quiet'
  return h(
    'li',
    { class: `moment ${tone}`, tabindex: '-1', 'data-row': true },
    h('span', { class: 'bead' }, !isQuiet && icon(mark ?? channel)),
    !isQuiet &&
      h(
        'p',
        { class: 'meta' },
        channel !== undefined && [h('span', { class: 'where' }, channelName(channel)), ' '],
        time,
      ),
    h('p', { class: 'title' }, title, isQuiet && [' ', time]),
    detail !== undefined && detail !== '' && h('p', { class: 'detail' }, detail),
    (entry.reasons ?? []).map((reason) => h('p', { class: 'reason' }, capitalised(inLocalTime(reason)))),
  )
}

function tell(entry) {
  if (entry.kind === 'message') return tellMessage(entry)
  if (entry.kind === 'journey') return tellJourney(entry)
  const { type, channel, text } = entry
  if (type.startsWith('segment.')) return { title: capitalised(text), tone: 'quiet' }
  const told = { title: capitalised(spoken(type)), detail: detailOf(entry) }
  return sideOf(entry) === 'journeys' ? { ...told, tone: 'quiet' } : { ...told, channel, tone: 'hers' }
}

function tellJourney({ journey, text }) {
  const [before = '', ...after] = text.split(journey)
  const link = h('a', { href: `#/journeys/${encodeURIComponent(journey)}` }, spoken(journey))
  return { title: [capitalised(before), link, inLocalTime(after.join(journey))], tone: 'quiet' }
}

/** The text begins with the message's name, and says what became of it. */
function tellMessage({ message, text, channel, state }) {
  const fate = inLocalTime(text.slice(message.length).trim())
  const isOut = ['sent', 'delivered', 'claimed'].includes(state)
  return {
    title: [capitalised(spoken(message)), ' ', h('span', { class: isOut ? 'state' : 'state off' }, fate)],
    channel,
    mark: channel ?? 'clock',
    tone: isOut ? 'ours' : 'held',
  }
}

function detailOf({ text, type, properties }) {
  const telling = Object.entries(properties ?? {}).filter(([name, value]) => !IDS.test(name) && value !== null)
  const values = telling.map(([name, value]) => propertyText(name, value))
  const notes = /\((.*)\)$/.exec(text)?.[1]
  return [...(type.startsWith('message.') ? values.slice(0, 2) : values), notes].filter(Boolean).join(' · ')
}

/** Words are hers; a name or a list says itself what it is; a number does not. */
function propertyText(name, value) {
  if (name === 'text') return `“${value}”`
  return typeof value === 'number' || typeof value === 'boolean' ? `${spoken(name)} ${inWords(value)}` : inWords(value)
}
