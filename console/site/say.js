/** How long a sentence stays (ms). */
const STAY = 6_000

const place = document.querySelector('#says')
let stopped

/** Says a sentence below the page, to screen readers too. */
export function say(text) {
  clearTimeout(stopped)
  place.textContent = text
  stopped = setTimeout(() => {
    place.textContent = ''
  }, STAY)
}
