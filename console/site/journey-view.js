import { get, post } from './api.js'
import { confirm } from './confirm.js'
import { h } from './h.js'
import { stateChip } from './journeys-view.js'
import { say } from './say.js'
import { capitalised, counted, inLocalTime, momentOf, spoken } from './words.js'

const STEERS = ['marketer', 'ops']

/** A journey as it reads, who stands where in it, and the brake. */
export async function journeyView({ name, me, again }) {
  const path = `/v1/journeys/${encodeURIComponent(name)}`
  const [journey, customers] = await Promise.all([get(path), get(`${path}/customers`)])
  const inside = customers.steps.reduce((sum, step) => sum + step.customers, 0)
  const title = capitalised(spoken(name))
  const content = [
    h('p', { class: 'trail' }, h('a', { href: '#/journeys' }, 'Journeys')),
    h(
      'header',
      { class: 'head' },
      h('h1', {}, title, ' ', stateChip(journey)),
      h('p', { class: 'aside' }, aboutOf(journey, inside, customers.isWhole)),
      me.roles.some((role) => STEERS.includes(role)) && brake(path, journey, { title, inside, again }),
    ),
    h(
      'div',
      { class: 'beside' },
      h('section', { 'aria-label': 'Steps' }, h('ol', { class: 'steps' }, journey.steps.map(stepLine))),
      h('aside', { 'aria-label': 'Where customers stand' }, standing(customers)),
    ),
  ]
  return { title, content }
}

function aboutOf({ version, publishedAt, entersOn }, inside, isWhole) {
  const who = `${counted(inside, 'customer')}${isWhole ? '' : ' or more'} inside`
  return `Enters on ${entersOn} · version ${version}, ${momentOf(publishedAt)} · ${who}`
}

function stepLine({ text, depth }) {
  return h('li', { 'data-depth': String(Math.min(depth, 6)), class: text.endsWith(':') && 'path' }, inLocalTime(text))
}

function standing({ steps }) {
  return h(
    'section',
    { class: 'panel' },
    h('h2', {}, 'Where they stand'),
    steps.length === 0
      ? h('p', { class: 'aside' }, 'Nobody is inside now.')
      : h(
          'ul',
          {},
          steps.map(({ version, doing, customers, held }) =>
            h(
              'li',
              {},
              h('b', {}, customers.toLocaleString()),
              ` ${doing}`,
              h('small', {}, `version ${version}${held > 0 ? `, ${held.toLocaleString()} held` : ''}`),
            ),
          ),
        ),
  )
}

/** What happens, and to how many, is said before it is done. */
function brake(path, { state }, { title, inside, again }) {
  const isPaused = state === 'paused'
  const act = isPaused ? 'resume' : 'pause'
  const who = inside === 0 ? 'Whoever enters is' : `${counted(inside, 'customer')} inside, and whoever enters, are`
  const what = isPaused
    ? 'Whoever is held goes on from where she is.'
    : `${who} held at the next step, and nothing goes out, until somebody resumes it.`
  const onclick = async () => {
    if (!(await confirm(`${capitalised(act)} “${title}”?`, what, capitalised(act)))) return
    await post(`${path}/${act}`).catch((error) => say(error.message))
    await again()
  }
  return state !== 'retired' && h('button', { type: 'button', onclick }, capitalised(act))
}
