import { findCustomer } from './api.js'
import { h, icon } from './h.js'

/** Who is looked for where she is shown already is shown anew. */
function goTo(hash) {
  if (location.hash === hash) dispatchEvent(new HashChangeEvent('hashchange'))
  else location.hash = hash
}

/** Where a customer is looked for. She is in the address only when she was found. */
export function searchView() {
  return { title: 'Customers', content: [h('h1', {}, 'Find a customer'), searchForm()] }
}

export function searchForm(text = '') {
  const field = h('input', {
    id: 'search',
    type: 'search',
    'aria-label': 'Email, phone, user id or loyalty card',
    placeholder: 'Email, phone, user id or loyalty card',
    autocomplete: 'off',
    spellcheck: 'false',
    required: true,
    value: text,
  })
  const outcome = h('p', { class: 'aside', role: 'status' })
  const submit = async (event) => {
    event.preventDefault()
    const wanted = field.value.trim()
    if (wanted === '') return
    outcome.textContent = 'Looking …'
    try {
      const found = await findCustomer(wanted)
      if (found === undefined) outcome.textContent = `Nobody is known by “${wanted}”. Is it complete?`
      else goTo(`#/customers/${encodeURIComponent(wanted)}`)
    } catch (error) {
      outcome.textContent = error.message
    }
  }
  return h(
    'form',
    { class: 'search', role: 'search', onsubmit: submit },
    h('div', { class: 'field' }, icon('search'), field, h('button', { class: 'primary' }, 'Find')),
    outcome,
  )
}
