import { h } from './h.js'
import { beginSignIn, signIn, useToken } from './session.js'

/** @param problem why she is asked, or asked again */
export function signInView(start, problem) {
  const content = h(
    'section',
    { class: 'door' },
    h('h1', {}, 'One customer, one thread, every channel'),
    problem !== undefined && h('p', { class: 'problem', role: 'alert' }, problem),
    signIn === undefined ? tokenForm(start) : signInButton(),
  )
  return { title: 'Sign in', content }
}

function signInButton() {
  return [
    h('p', {}, 'Sign in with the account that whoever runs this installation made for you.'),
    h('button', { type: 'button', class: 'primary', onclick: () => void beginSignIn() }, 'Sign in'),
  ]
}

function tokenForm(start) {
  const field = h('input', {
    id: 'token',
    type: 'password',
    autocomplete: 'off',
    spellcheck: 'false',
    required: true,
    // What no header can hold would look like a system that cannot be reached.
    pattern: '\\s*[!-~]+\\s*',
    title: 'Letters, digits and signs, as they stand in the file',
  })
  const submit = (event) => {
    event.preventDefault()
    useToken(field.value.trim())
    void start()
  }
  return h(
    'form',
    { onsubmit: submit },
    h('label', { for: 'token' }, 'The token of this system'),
    h('div', { class: 'field' }, field, h('button', { class: 'primary' }, 'Open')),
    h('p', { class: 'aside' }, 'It stands in the data folder, in the file ', h('code', {}, 'token'), '.'),
  )
}
