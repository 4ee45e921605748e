import { get } from './api.js'
import { h } from './h.js'
import { capitalised, momentOf, spoken } from './words.js'

/** What is published, and whether it runs. */
export async function journeysView() {
  const { journeys } = await get('/v1/journeys')
  const content = [
    h('h1', {}, 'Journeys'),
    journeys.length === 0
      ? h(
          'p',
          { class: 'aside' },
          'None is published yet. A brand’s folder is published with ',
          h('code', {}, 'throughline deploy-brand'),
          '.',
        )
      : h('ul', { class: 'rows' }, journeys.toSorted(byName).map(journeyRow)),
  ]
  return { title: 'Journeys', content }
}

const byName = (one, other) => one.name.localeCompare(other.name)

function journeyRow(journey) {
  const { name, version, description, entersOn, purpose, publishedAt } = journey
  return h(
    'li',
    {},
    h(
      'a',
      { href: `#/journeys/${encodeURIComponent(name)}`, 'data-row': true },
      h('span', { class: 'name' }, capitalised(spoken(name)), ' ', stateChip(journey)),
      h('span', { class: 'what' }, description ?? ''),
      h('small', {}, `enters on ${entersOn} · ${purpose ?? ''} · version ${version}, ${momentOf(publishedAt)}`),
    ),
  )
}

/** Says its state in a word too, never by its colour alone. */
export function stateChip({ state, since, by }) {
  const when = since === undefined ? '' : ` since ${momentOf(since)}, by ${by}`
  return h('span', { class: `chip ${state}` }, `${state}${when}`)
}
