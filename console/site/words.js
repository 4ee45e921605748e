const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
const SHORT = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' })

export const timeOf = (iso) => TIME.format(new Date(iso))
export const dayOf = (iso) => DAY.format(new Date(iso))
/** On the clock of whoever reads it. */
export const momentOf = (iso) => SHORT.format(new Date(iso))

/** `abandoned-order` is "abandoned order", `order.completed` "order completed", `favouriteStore` "favourite store". */
export function spoken(name) {
  return name
    .replaceAll(/[-._]/g, ' ')
    .replaceAll(/([a-z])([A-Z])/g, (_, end, start) => `${end} ${start.toLowerCase()}`)
}

export function capitalised(text) {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

export function channelName(channel) {
  return { sms: 'SMS', whatsapp: 'WhatsApp' }[channel] ?? capitalised(channel)
}

/** The API writes instants as ISO 8601 into its sentences. */
export function inLocalTime(text) {
  return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, momentOf)
}

/** `1 customer`, `2 customers`. */
export function counted(number, noun) {
  return `${number.toLocaleString()} ${noun}${number === 1 ? '' : 's'}`
}

/** A value of a trait or property in a line. */
export function inWords(value) {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) return value.map((one) => one?.name ?? inWords(one)).join(', ')
  if (typeof value === 'object' && value !== null)
    return Object.entries(value)
      .map(([name, one]) => `${spoken(name)} ${inWords(one)}`)
      .join(', ')
  return String(value)
}
