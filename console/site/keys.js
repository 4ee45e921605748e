import { h } from './h.js'

const KEYS = [
  ['/', 'look for a customer'],
  ['g c', 'customers'],
  ['g j', 'journeys'],
  ['g d', 'dead letters'],
  ['j k', 'next and previous row'],
  ['?', 'this list'],
  ['Esc', 'close, or leave a field'],
]

/** After `g`, the next key within this time says where to go (ms). */
const PAUSE = 1_500

export function listenToKeys() {
  let goingSince = Number.NEGATIVE_INFINITY
  addEventListener('keydown', (event) => {
    const { key, timeStamp, target } = event
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return
    if (isField(target)) {
      if (key === 'Escape') target.blur()
      return
    }
    const isGoing = timeStamp - goingSince < PAUSE
    goingSince = key === 'g' ? timeStamp : Number.NEGATIVE_INFINITY
    const acted = isGoing ? goTo(key) : act(key)
    if (acted) event.preventDefault()
  })
}

function isField(target) {
  return target instanceof Element && target.matches('input, textarea, select')
}

function goTo(key) {
  const link = document.querySelector(`nav [data-key="${CSS.escape(key)}"]`)
  link?.click()
  return link !== null
}

function act(key) {
  if (key === '?') return help()
  if (key === '/') return search()
  if (key === 'j' || key === 'k') return step(key === 'j' ? 1 : -1)
  return false
}

function search() {
  const field = document.querySelector('#search')
  if (field === null) location.hash = '#/customers'
  else field.select()
  return true
}

function step(by) {
  const rows = [...document.querySelectorAll('[data-row]')]
  const row = rows[Math.max(0, Math.min(rows.length - 1, rows.indexOf(document.activeElement) + by))]
  row?.focus()
  return row !== undefined
}

function help() {
  const dialog = h(
    'dialog',
    { 'aria-label': 'Keys', onclose: () => dialog.remove() },
    h('h2', {}, 'Keys'),
    h(
      'dl',
      { class: 'pairs' },
      KEYS.map(([keys, what]) => [
        h(
          'dt',
          {},
          keys.split(' ').map((key) => h('kbd', {}, key)),
        ),
        h('dd', {}, what),
      ]),
    ),
    h('form', { method: 'dialog' }, h('button', { class: 'primary' }, 'Close')),
  )
  document.body.append(dialog)
  dialog.showModal()
  return true
}
