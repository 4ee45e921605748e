import { ask } from './session.js'

/** The API said no: with `status`, `code` and a `message` for people. */
export class Refusal extends Error {
  constructor(status, { code = 'http.failed', detail = 'Something failed; try again.' } = {}) {
    super(detail)
    this.status = status
    this.code = code
  }
}

export const get = (path) => call(path, {})
export const post = (path, body = {}) =>
  call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

async function call(path, options) {
  const response = await ask(path, options).catch(() => {
    throw new Refusal(0, { code: 'unreachable', detail: 'The system cannot be reached. Is it running?' })
  })
  const body = await response.json().catch(() => ({}))
  if (response.ok) return body
  throw new Refusal(response.status, body)
}

/** As the kinds of identifier that a text may be, the likeliest first. */
function kindsOf(text) {
  if (text.includes('@')) return ['email']
  if (/^\+[\d\s().-]+$/.test(text)) return ['phone']
  return ['userId', 'loyaltyCard', 'customerId', 'deviceId', 'anonymousId']
}

/** The path of whoever is known by a text, with what the API says of her; undefined when nobody is. */
export async function findCustomer(text) {
  for (const kind of kindsOf(text)) {
    const path = `/v1/customers/${kind}/${encodeURIComponent(text)}`
    try {
      return { path, ...(await get(path)) }
    } catch (error) {
      if (error.code !== 'customer.unknown') throw error
    }
  }
  return undefined
}
