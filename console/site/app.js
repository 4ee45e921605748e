import { get } from './api.js'
import { customerView } from './customer-view.js'
import { deadLettersView } from './dead-letters-view.js'
import { h } from './h.js'
import { journeyView } from './journey-view.js'
import { journeysView } from './journeys-view.js'
import { listenToKeys } from './keys.js'
import { searchView } from './search-view.js'
import { endSignIn, forget, isSignedIn, readSettings, signIn, signOut } from './session.js'
import { signInView } from './sign-in-view.js'

/** A skeleton for every short wait would flicker (ms). */
const PATIENCE = 150

const PLACES = [
  { at: 'customers', name: 'Customers', key: 'c', list: searchView, one: customerView },
  { at: 'journeys', name: 'Journeys', key: 'j', list: journeysView, one: journeyView },
  { at: 'dead-letters', name: 'Dead letters', key: 'd', list: deadLettersView, role: 'ops' },
]

const main = document.querySelector('#main')
const top = document.querySelector('#top')

/** Who is signed in, with her roles. */
let me
/** How often something was shown: what is loaded for an address that was left meanwhile is not shown any more. */
let turns = 0

/** The address within the page, `#/customers/ada?show=ours`, taken apart. */
function address() {
  const [path = '', query = ''] = location.hash.replace(/^#\/?/, '').split('?')
  const [place = '', ...rest] = path.split('/')
  return { place, name: decodeURIComponent(rest.join('/')), query: new URLSearchParams(query) }
}

async function show() {
  turns += 1
  const turn = turns
  const waiting = setTimeout(() => turn === turns && fill('Loading', loading()), PATIENCE)
  const { title, content } = await view().catch(failed)
  clearTimeout(waiting)
  if (turn !== turns) return
  fill(title, content)
  main.focus({ preventScroll: true })
  scrollTo(0, 0)
}

async function view() {
  if (!isSignedIn()) return signInView(start)
  me ??= await get('/v1/me')
  showTop()
  const { place: wanted, name, query } = address()
  const place = PLACES.find(({ at }) => at === (wanted === '' ? 'customers' : wanted))
  if (place === undefined || (name !== '' && place.one === undefined)) return nothingHere()
  return name === '' ? place.list({ me, query, again: show }) : place.one({ name, me, query, again: show })
}

function fill(title, content) {
  document.title = `${title} · Throughline`
  main.replaceChildren(...[content].flat())
}

function failed(error) {
  if (error.status === 401) {
    forget()
    me = undefined
    showTop()
    return signInView(
      start,
      signIn === undefined ? 'The system does not take this token.' : 'Your sign-in has run out.',
    )
  }
  return {
    title: 'Something is wrong',
    content: h(
      'section',
      { class: 'notice', role: 'alert' },
      h('h1', {}, error.status === 403 ? 'This is not yours to see' : 'That did not work'),
      h('p', {}, error.message),
      h('p', { class: 'aside' }, error.code ?? error.name),
      h('button', { type: 'button', class: 'primary', onclick: () => void show() }, 'Try again'),
    ),
  }
}

function nothingHere() {
  const content = h(
    'section',
    { class: 'notice' },
    h('h1', {}, 'There is nothing here'),
    h('p', {}, 'Look for a ', h('a', { href: '#/customers' }, 'customer'), ' instead.'),
  )
  return { title: 'Nothing here', content }
}

function loading() {
  return h('p', { class: 'loading', role: 'status' }, 'Loading …')
}

function showTop() {
  top.replaceChildren(
    h('p', { class: 'mark' }, h('a', { href: '#/customers' }, 'Throughline')),
    ...(me === undefined ? [] : [navigation(), account()]),
  )
}

function navigation() {
  const { place: current } = address()
  const mine = PLACES.filter(({ role }) => role === undefined || me.roles.includes(role))
  return h(
    'nav',
    { class: 'places', 'aria-label': 'Console' },
    mine.map(({ at, name, key }) =>
      h('a', { href: `#/${at}`, 'aria-current': at === (current || 'customers') && 'page', 'data-key': key }, name),
    ),
  )
}

function account() {
  const roles = me.name === undefined ? 'with the token' : me.roles.join(', ') || 'no role yet'
  return h(
    'div',
    { class: 'account' },
    h('span', {}, me.name !== undefined && h('b', {}, me.name), ' ', h('small', {}, roles)),
    h('button', { type: 'button', onclick: () => void signOut() }, 'Sign out'),
  )
}

/** @param {string} [problem] why signing in did not work */
async function start(problem) {
  if (problem === undefined) return show()
  const { title, content } = signInView(start, problem)
  fill(title, content)
}

addEventListener('hashchange', () => void show())
listenToKeys()
showTop()
try {
  await readSettings()
  await start(await endSignIn())
} catch (error) {
  const { title, content } = failed(error)
  fill(title, content)
}
