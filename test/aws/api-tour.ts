import { aBrandFile, aMessageFolder } from '#test/builders/a-system.ts'
import type { AwsStage } from './an-aws-stage.ts'
import { DEVICES } from './devices.ts'
import type { Life } from './lives.ts'

const WELCOME = `journey: welcome
purpose: offers
enter: { when: order.completed }
steps: [{ wait: 1 day, name: pause }, { send: hello, by: email }, { hand over: care, within: 9 days }]
`
const SEGMENT = 'segment: pros\nif:\n  { trait: plan, is: pro }\n'
const FILES = {
  'brand.yaml': aBrandFile(),
  ...aMessageFolder('hello'),
  'journeys/welcome.yaml': WELCOME,
  'journeys/asked.yaml': 'journey: asked\npurpose: offers\nenter: { api: yes }\nsteps: [{ wait: 1 day }]\n',
  'journeys/closed.yaml':
    'journey: closed\npurpose: offers\nenter: { when: conversation.closed }\nsteps: [{ exit: seen }]\n',
  'segments/pros.yaml': SEGMENT,
}
const identifiers = { userId: 'ada' }
const signedUp = {
  type: 'customer.signed-up',
  identifiers: { ...identifiers, email: 'ada@example.org', phone: '+4520123456' },
  traits: { plan: 'pro', testCustomer: true },
  consent: { offers: { email: true, sms: true, push: true } },
}

/** Asks, and insists on an answer that is no refusal. */
type Ask = (method: string, path: string, body?: object | string) => Promise<Awaited<ReturnType<AwsStage['request']>>>

function askingOf({ request, system }: AwsStage): Ask {
  return async (method, path, body) => {
    const answer = await request(method, path, body)
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    await system.clock.advance(0)
    return answer
  }
}

/** Every route of the HTTP API, in an order in which each finds what it is about. */
export const apiTour: Life = {
  name: 'somebody uses all of the API',
  live: async (open) => {
    const stage = await open({})
    const ask = askingOf(stage)
    await ask('GET', '/health')
    await publish(ask)
    await ask('POST', '/v1/events', { events: [signedUp, { type: 'order.completed', identifiers }, { type: 5 }] })
    await lookAround(ask)
    await steer(ask)
    await stage.advance('3 days')
    await answerHer(ask)
    await followLinks(ask, stage)
    await editDocuments(ask)
    await ask('POST', '/v1/segments/pros/retire')
    await ask('POST', '/v1/journeys/asked/retire')
  },
}

async function publish(ask: Ask): Promise<void> {
  await ask('POST', '/v1/brand', { files: FILES, from: 'folder' })
  await ask('POST', '/v1/brand/moves', { files: FILES, rules: {} })
  for (const what of ['files', 'edits']) await ask('GET', `/v1/brand/${what}`)
  await ask('POST', '/v1/brand/pulled', { versions: {} })
}

async function lookAround(ask: Ask): Promise<void> {
  for (const path of ['', '/rows', '/segments/pros', '/why/welcome', '/why/hello'])
    await ask('GET', `/v1/customers/userId/ada${path}`)
  for (const path of ['', '/welcome', '/welcome/customers', '/welcome/folder', '/welcome/entrants'])
    await ask('GET', `/v1/journeys${path}`)
  for (const path of ['me', 'insights', 'segments', 'segments/pros']) await ask('GET', `/v1/${path}`)
  await ask('POST', '/v1/segments/size', { file: 'pros.yaml', text: SEGMENT })
}

async function steer(ask: Ask): Promise<void> {
  await ask('POST', '/v1/journeys/asked/enrolments', { customer: identifiers, id: 'once' })
  const { customer, thread } = (await ask('GET', '/v1/customers/userId/ada')).json()
  const { enrolment } = thread.find(({ kind }: { kind: string }) => kind === 'journey')
  await ask('GET', `/v1/journeys/enrolments/${customer}/${encodeURIComponent(enrolment)}`)
  for (const act of ['pause', 'resume']) await ask('POST', `/v1/journeys/welcome/${act}`, { by: 'Ada' })
  await ask('POST', '/v1/brand', {
    files: { ...FILES, 'journeys/welcome.yaml': WELCOME.replace('1 day', '2 days') },
    from: 'folder',
  })
  await ask('POST', '/v1/journeys/welcome/moves', {})
  const { job } = (await ask('POST', '/v1/journeys/welcome/moves', { go: true })).json()
  await ask('GET', `/v1/journeys/welcome/moves/${encodeURIComponent(job)}`)
  for (const channel of ['email', 'sms']) await ask('POST', '/v1/messages/hello/test', { customer, channel })
  for (const device of DEVICES) await push(ask, device)
  const { deadLetters } = (await ask('GET', '/v1/dead-letters')).json()
  for (const { id } of deadLetters) await ask('POST', `/v1/dead-letters/${encodeURIComponent(id)}/redrive`)
}

async function push(ask: Ask, device: (typeof DEVICES)[number]): Promise<void> {
  const her = { userId: device.id }
  await ask('POST', '/v1/events', { ...signedUp, identifiers: her, device })
  const { customer } = (await ask('GET', `/v1/customers/userId/${device.id}`)).json()
  await ask('POST', '/v1/messages/hello/test', { customer, channel: 'push' })
}

async function answerHer(ask: Ask): Promise<void> {
  const [{ id }] = (await ask('GET', '/v1/conversations?team=care')).json().conversations
  const agent = 'Bo'
  await ask('GET', `/v1/conversations/${id}`)
  await ask('POST', `/v1/conversations/${id}/claim`, { agent })
  await ask('POST', `/v1/conversations/${id}/notes`, { agent, text: 'A regular' })
  for (const channel of ['email', 'sms'])
    await ask('POST', `/v1/conversations/${id}/replies`, { agent, text: 'Sorry', reply: channel, channel })
  await ask('POST', `/v1/conversations/${id}/assign`, { agent, team: 'care-leads' })
  await ask('POST', `/v1/conversations/${id}/release`, { agent })
  await ask('POST', `/v1/conversations/${id}/close`, { agent, reason: 'solved' })
}

async function followLinks(ask: Ask, { messages }: AwsStage): Promise<void> {
  const [email] = messages().filter(({ channel }) => channel === 'email')
  const links = new Set(String(email?.content.html).match(/\/[ucp]\/[\w.-]+/g))
  for (const link of links) {
    await ask('GET', link)
    if (!link.startsWith('/c/')) await ask('POST', link, 'allow=offers')
  }
}

async function editDocuments(ask: Ask): Promise<void> {
  const path = '/v1/brand/documents/journey/welcome'
  const draft = { files: { 'journeys/welcome.yaml': WELCOME }, revision: 0, by: 'Ada' }
  await ask('PUT', path, draft)
  await ask('GET', path)
  await ask('POST', `${path}/publish`, { revision: 1, by: 'Ada' })
  await ask('PUT', path, draft)
  await ask('DELETE', path)
}
