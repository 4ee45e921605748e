/** What the reader has done to an element, or we: no part of what the server says. */
const OWN = new Set(['open', 'data-fresh', 'aria-busy'])

/**
 * Makes `node` and all inside it like `wanted`, keeping what is the same, so that focus, scrolling, open mails and
 * frames stay. Children are told apart by their id, else by place and tag; new ones are marked `data-fresh`.
 */
export function morph(node, wanted) {
  if (node.nodeType === Node.ELEMENT_NODE) {
    copyAttributes(node, wanted)
    morphChildren(node, wanted)
  } else if (node.nodeValue !== wanted.nodeValue) node.nodeValue = wanted.nodeValue
}

function morphChildren(node, wanted) {
  const known = new Map([...node.children].filter(({ id }) => id).map((child) => [child.id, child]))
  let place = node.firstChild
  for (const child of [...wanted.childNodes]) {
    const same = child.id ? known.get(child.id) : isAlike(place, child) ? place : undefined
    if (same === place && same) place = place.nextSibling
    else node.insertBefore(same ?? fresh(child), place)
    if (same) morph(same, child)
  }
  while (place) {
    const next = place.nextSibling
    place.remove()
    place = next
  }
}

function fresh(child) {
  if (child.nodeType === Node.ELEMENT_NODE) child.dataset.fresh = ''
  return child
}

function isAlike(place, child) {
  return place?.nodeName === child.nodeName && !place.id && !child.id
}

function copyAttributes(node, wanted) {
  for (const { name } of [...node.attributes])
    if (!OWN.has(name) && !wanted.hasAttribute(name)) node.removeAttribute(name)
  for (const { name, value } of wanted.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value)
  if (node.type === 'checkbox') node.checked = wanted.checked
}
