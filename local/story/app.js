import { morph } from './morph.js'

const calm = matchMedia('(prefers-reduced-motion: reduce)')
const says = document.querySelector('#says')
const toast = document.querySelector('#toast')
const told = new WeakSet()

function listen() {
  const live = new EventSource('/story/live')
  live.addEventListener('story', ({ data }) => show(data))
  live.addEventListener('open', () => complain(''))
  live.addEventListener('error', () => {
    complain(
      live.readyState === EventSource.CLOSED
        ? 'The connection was lost. Reload the page to go on.'
        : 'Connecting again …',
    )
  })
}

function show(markup) {
  const story = document.querySelector('#story')
  const wanted = new DOMParser().parseFromString(markup, 'text/html').querySelector('#story')
  if (!wanted) return
  morph(story, wanted)
  const fresh = [...story.querySelectorAll('.moment[data-fresh]')].filter((moment) => !told.has(moment))
  if (fresh.length === 0) return
  says.textContent = fresh.map((moment) => moment.dataset.say).join('. ')
  for (const moment of fresh) told.add(moment)
  toEnd(calm.matches ? 'auto' : 'smooth')
}

/** The newest is at the end of the line, of the thread's own pane, or of the page where that is narrow; the desk is below. */
function toEnd(behavior) {
  for (const end of document.querySelectorAll('#now, #care')) end.scrollIntoView({ behavior, block: 'nearest' })
}

async function act(wanted, control) {
  control.setAttribute('aria-busy', 'true')
  try {
    const response = await fetch('/story/act', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wanted),
    })
    complain(response.ok ? '' : (await response.json()).detail)
  } catch {
    complain('The system cannot be reached. Is it still running?')
  } finally {
    control.removeAttribute('aria-busy')
  }
}

function complain(text) {
  toast.textContent = text
  toast.hidden = text === ''
}

function view(name) {
  document.body.dataset.view = name
  if (name === 'thread') toEnd('auto')
}

/** A mail opens where it lies, which is then noticed below; everything else is only done. */
function press(button) {
  const { act: action, message, from } = button.dataset
  if (from) return act({ action, text: document.getElementById(from).value }, button)
  const mail = action === 'open' ? document.querySelector(`#mail-${message}`) : null
  if (!mail) return act({ action, message }, button)
  view('inbox')
  mail.open = true
}

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button')
  if (!button || button.getAttribute('aria-busy') === 'true') return
  if (button.dataset.show) view(button.dataset.show)
  if (button.dataset.act) void press(button)
})

document.addEventListener('change', ({ target }) => {
  if (target.dataset.act) void act({ action: target.dataset.act, allowed: target.checked }, target)
})

// Toggling does not bubble, but it is captured on the way.
const captured = true
document.addEventListener(
  'toggle',
  ({ target }) => {
    if (target.open && target.dataset.opens) void act({ action: 'open', message: target.dataset.opens }, target)
  },
  captured,
)

toEnd('auto')
listen()
