import { findCustomer, get } from './api.js'
import { h } from './h.js'
import { searchForm } from './search-view.js'
import { threadView } from './thread-view.js'
import { capitalised, channelName, counted, inLocalTime, inWords, momentOf, spoken } from './words.js'

/** A customer as everybody in the company sees her: her thread, and beside it what holds now. */
export async function customerView({ name, query }) {
  const found = await findCustomer(name)
  if (found === undefined) return unknown(name)
  const { path, profile, thread } = found
  const title = nameOf(profile) ?? name
  const content = [
    searchForm(name),
    h('header', { class: 'head' }, h('h1', {}, title), h('p', { class: 'aside' }, knownAs(profile))),
    h(
      'div',
      { class: 'beside' },
      threadView(thread, { show: query.get('show') ?? 'all', here: `#/customers/${encodeURIComponent(name)}` }),
      h('aside', { 'aria-label': `What holds for ${title}` }, sidePanels(path, profile)),
    ),
  ]
  return { title, content }
}

function unknown(name) {
  const content = [
    searchForm(name),
    h('section', { class: 'notice' }, h('h1', {}, 'Nobody is known by this'), h('p', {}, `“${name}”`)),
  ]
  return { title: 'Nobody', content }
}

function nameOf({ traits }) {
  const parts = [traits.firstName ?? traits.first_name, traits.lastName ?? traits.last_name]
  const name = parts.filter((part) => typeof part === 'string').join(' ')
  return name === '' ? undefined : name
}

function knownAs({ identifiers, lastSeenAt }) {
  const names = Object.entries(identifiers).flatMap(([kind, values]) => (kind === 'anonymousId' ? [] : values))
  return [...names, `seen ${momentOf(lastSeenAt)}`].join(' · ')
}

function sidePanels(path, profile) {
  const { conversations, running, consent, suppressed, segments, traits, pushDevices } = profile
  return [
    panel('Conversations', conversations.map(conversationLine)),
    panel('In journeys', running.map(runLine)),
    panel('Consent', consentLines(consent)),
    panel(
      'Closed',
      suppressed.map(({ channel, address, reason, since }) => [
        h('b', {}, channelName(channel)),
        ` ${address}`,
        h('small', {}, `${reason}, ${momentOf(since)}`),
      ]),
    ),
    panel(
      'Segments',
      segments.map(({ segment, since }) => [spoken(segment), h('small', {}, `since ${momentOf(since)}`)]),
    ),
    panel(
      'Traits',
      Object.entries(traits).map(([name, value]) => [h('b', {}, capitalised(spoken(name))), ` ${inWords(value)}`]),
    ),
    panel('Push to', pushDevices.length > 0 ? [[counted(pushDevices.length, 'device')]] : []),
    whyForm(path),
  ]
}

/** What there is nothing of is not shown. */
function panel(title, lines) {
  return (
    lines.length > 0 &&
    h(
      'section',
      { class: 'panel' },
      h('h2', {}, title),
      h(
        'ul',
        {},
        lines.map((line) => h('li', {}, line)),
      ),
    )
  )
}

function conversationLine({ team, channel, since, waitsForUs }) {
  return [
    h('b', {}, waitsForUs ? 'She waits for us' : 'We wait for her'),
    ` by ${channelName(channel)}`,
    h('small', {}, `${team === undefined ? '' : `${spoken(team)}, `}since ${momentOf(since)}`),
  ]
}

function runLine({ journey, version, since, waitingFor }) {
  const wait = waitingFor === undefined ? '' : `, waits for ${waitingFor.map(spoken).join(' or ')}`
  return [
    h('a', { href: `#/journeys/${encodeURIComponent(journey)}` }, capitalised(spoken(journey))),
    h('small', {}, `version ${version}, since ${momentOf(since)}${wait}`),
  ]
}

function consentLines(consent) {
  const purposes = Map.groupBy(consent, ({ purpose }) => purpose)
  return [...purposes].map(([purpose, entries]) => [
    h('b', {}, purpose === '*' ? 'Everything' : capitalised(spoken(purpose))),
    entries.map(({ channel, state, since }) =>
      h(
        'span',
        { class: state === 'given' ? 'chip yes' : 'chip no', title: `since ${momentOf(since)}` },
        `${state === 'given' ? '✓' : '✕'} ${channelName(channel)}`,
        state !== 'given' && h('span', { class: 'unseen' }, ` ${state}`),
      ),
    ),
  ])
}

function whyForm(path) {
  const field = h('input', { id: 'why', required: true, autocomplete: 'off', placeholder: 'abandoned-order' })
  const answer = h('div', { role: 'status' })
  const submit = async (event) => {
    event.preventDefault()
    // As the console writes names, or as documents do.
    const name = field.value.trim().toLowerCase().replaceAll(' ', '-')
    answer.replaceChildren(h('p', { class: 'aside' }, 'Looking …'))
    try {
      answer.replaceChildren(...answerOf(await get(`${path}/why/${encodeURIComponent(name)}`)))
    } catch (error) {
      answer.replaceChildren(h('p', { class: 'aside' }, error.message))
    }
  }
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, 'Why?'),
    h(
      'form',
      { onsubmit: submit },
      h('label', { for: 'why' }, 'Why did she get a journey or a message, or not?'),
      h('div', { class: 'field' }, field, h('button', {}, 'Ask')),
    ),
    answer,
  )
}

function answerOf({ answer, journeys }) {
  const reasons = journeys.flatMap(({ runs }) =>
    runs.flatMap(({ messages }) => messages.flatMap(({ because }) => because)),
  )
  return [
    h('p', { class: 'answer' }, inLocalTime(answer)),
    ...reasons.slice(-3).map((reason) => h('p', { class: 'reason' }, inLocalTime(reason))),
  ]
}
