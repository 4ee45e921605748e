/**
 * An element. What it holds is text unless it is an element itself: nothing that came from elsewhere is ever markup.
 * `on…` are listeners, `true` is an attribute without a value, and what is absent or `false` is left out.
 */
export function h(tag, attributes, ...content) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...content.flat(Number.POSITIVE_INFINITY).filter((part) => part !== undefined && part !== false))
  return element
}

/** Outlines on a grid of 24; they say nothing to a screen reader, for a word stands beside them. */
const PATHS = {
  web: 'M5 5.5h14v10H5zM2.5 19h19',
  app: 'M8 2.75h8a1.5 1.5 0 0 1 1.5 1.5v15.5a1.5 1.5 0 0 1-1.5 1.5H8a1.5 1.5 0 0 1-1.5-1.5V4.25A1.5 1.5 0 0 1 8 2.75zM10.75 18.25h2.5',
  store: 'M4.5 10v9.5h15V10M3 9l1.75-4.5h14.5L21 9a3 3 0 0 1-6 0 3 3 0 0 1-6 0 3 3 0 0 1-6 0zM10 19.5v-5h4v5',
  email: 'M3.5 5.5h17v13h-17zM4 6.5l8 6.5 8-6.5',
  sms: 'M4 5h16v11h-9l-4.5 4v-4H4z',
  push: 'M12 4a5.5 5.5 0 0 0-5.5 5.5c0 5-2 6.5-2 6.5h15s-2-1.5-2-6.5A5.5 5.5 0 0 0 12 4zM10 19.25a2 2 0 0 0 4 0',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5L20.5 20.5',
}

const SVG = 'http://www.w3.org/2000/svg'

export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('class', 'icon')
  svg.setAttribute('viewBox', '0 0 24 24')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', PATHS[name] ?? PATHS.web)
  svg.append(path)
  return svg
}
