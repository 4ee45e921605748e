import { get, post } from './api.js'
import { h } from './h.js'
import { counted, momentOf } from './words.js'

/** Events that could not be recorded, with the reason, and the way back for each. */
export async function deadLettersView() {
  const list = h('ul', { class: 'rows letters' })
  const more = h('button', { type: 'button', hidden: true }, 'Show more')
  const count = h('p', { class: 'aside', role: 'status' })
  let cursor
  const load = async () => {
    const page = await get(`/v1/dead-letters${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`)
    cursor = page.cursor
    list.append(...page.deadLetters.map(letterRow))
    more.hidden = cursor === undefined
    const { length } = list.children
    count.textContent =
      length === 0
        ? 'None: everything that came could be recorded.'
        : `${counted(length, 'event')} could not be recorded. Put right what the reason says, then send them again.`
  }
  more.addEventListener('click', () => void load())
  await load()
  return { title: 'Dead letters', content: [h('h1', {}, 'Dead letters'), count, list, more] }
}

function letterRow({ id, reason, receivedAt, event }) {
  const outcome = h('small', { role: 'status' })
  const button = h('button', { type: 'button' }, 'Send again')
  button.addEventListener('click', async () => {
    button.disabled = true
    try {
      await post(`/v1/dead-letters/${encodeURIComponent(id)}/redrive`)
      outcome.textContent = 'Sent again. If it fails again, it comes back here.'
      button.remove()
    } catch (error) {
      outcome.textContent = error.message
      button.disabled = false
    }
  })
  return h(
    'li',
    { tabindex: '-1', 'data-row': true },
    h('p', { class: 'name' }, reason),
    h('p', {}, h('small', {}, `${typeOf(event)} · ${momentOf(receivedAt)} · ${id}`)),
    h('details', {}, h('summary', {}, 'The event'), h('pre', { tabindex: '0' }, JSON.stringify(event, null, 2))),
    h('p', { class: 'act' }, button, ' ', outcome),
  )
}

/** As the envelope of the bus names it. */
function typeOf(event) {
  return event?.['detail-type'] ?? event?.type ?? 'event'
}
