import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connectAt, Refusal } from './client.ts'
import type { Place } from './place.ts'

let answer = { status: 200, type: 'application/json', body: '{}' }
const server = createServer((_, response) => {
  response.writeHead(answer.status, { 'content-type': answer.type })
  response.end(answer.body)
})
let place: Place

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  place = { url, token: 't', remedies: { silent: 'Silent.', foreign: 'Foreign.', locked: 'Locked.' } }
})
afterAll(() => server.close())

const json = (status: number, body: object, type = 'application/json') => ({ status, type, body: JSON.stringify(body) })

/** What a command is told, as `code: message`. */
async function told(answered: typeof answer, at: Partial<Place> = {}): Promise<unknown> {
  answer = answered
  return connectAt({ ...place, ...at })
    .get('/v1/journeys')
    .catch((error: Error & { code?: string }) => (error instanceof Refusal ? error : `${error.code}: ${error.message}`))
}

describe('the client', () => {
  it('gives what the system answers, whatever its status', async () => {
    expect(await told(json(200, { journeys: [] }))).toEqual({ journeys: [] })
    expect(await told(json(409, { plan: 'refused' }))).toEqual({ plan: 'refused' })
    expect(await told(json(409, { message: 'Refused.', plan: 1 }))).toEqual({ message: 'Refused.', plan: 1 })
    expect(await told(json(200, { message: 'A message.' }))).toEqual({ message: 'A message.' })
  })

  it('throws the system’s own refusal', async () => {
    const refused = await told(json(404, { code: 'journey.unknown', detail: 'None.' }, 'application/problem+json'))
    expect(refused).toMatchObject({ name: 'Refusal', status: 404, message: 'None.' })
  })

  it.each([
    [
      'a request that took too long',
      json(503, { message: 'Service Unavailable' }),
      /^system\.too-slow: .*503.* say it again/,
    ],
    ['throttling', json(429, { message: 'Too Many Requests' }), /^system\.gateway: .*429.* Try again later\./],
    ['a path that is not routed', json(404, { message: 'Not Found' }), /^system\.foreign: .* Foreign\.$/],
    ['another page', { status: 200, type: 'text/html', body: '<p>' }, /^system\.foreign: .* Foreign\.$/],
    ['a locked door', json(401, {}), /^token\.wrong: .* Locked\.$/],
  ])('tells %s from the system', async (_, answered, line) => {
    expect(await told(answered)).toMatch(line)
  })

  it('says what to do where nothing answers', async () => {
    expect(await told(json(200, {}), { url: 'http://127.0.0.1:1' })).toMatch(/^system\.not-running: .* Silent\.$/)
  })
})
