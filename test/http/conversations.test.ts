import { describe, expect, it } from 'vitest'
import { api } from '#local/api.ts'
import { anInbox } from '#test/builders/an-inbox.ts'

/** An inbox in which she waits, and the API as a client of it sees it. */
async function anApi() {
  const inbox = await anInbox()
  await inbox.says('My coffee was cold')
  const { id } = await inbox.only()
  const app = api(inbox.system.world)
  const request = async (path: string, json?: object) => {
    const headers = { authorization: `Bearer ${inbox.system.token}` }
    const body = json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }
    const response = await app.request(`/v1/conversations${path}`, { headers, ...body })
    return [response.status, await response.json()] as const
  }
  return { ...inbox, id, request }
}

describe('/v1/conversations', () => {
  it('goes from the inbox to the end of a conversation', async () => {
    const { id, request } = await anApi()
    expect(await request('?state=waiting')).toMatchObject([200, { conversations: [{ id, state: 'waiting' }] }])
    expect(await request(`/${id}/claim`, { agent: 'Bo' })).toMatchObject([200, { id, agent: 'Bo' }])
    expect(await request(`/${id}/notes`, { agent: 'Bo', text: 'A regular' })).toMatchObject([200, { noted: true }])
    const sorry = { agent: 'Bo', text: 'Sorry', reply: 'r1' }
    expect(await request(`/${id}/replies`, sorry)).toEqual([200, { outcome: 'sent', channel: 'sms', reasons: [] }])
    expect(await request(`/${id}/replies`, sorry)).toEqual([200, { outcome: 'sent', channel: 'sms', reasons: [] }])
    expect(await request(`/${id}`)).toMatchObject([
      200,
      { words: [{ from: 'her' }, { text: 'Sorry' }, { from: 'note' }] },
    ])
    expect(await request(`/${id}/assign`, { agent: 'Bo', team: 'care' })).toEqual([200, { id, team: 'care' }])
    expect(await request(`/${id}/release`, { agent: 'Bo' })).toMatchObject([200, { released: true }])
    expect(await request(`/${id}/close`, { agent: 'Bo', reason: 'solved' })).toMatchObject([200, { closed: true }])
    expect(await request('?team=care')).toEqual([200, { conversations: [] }])
  })

  it('pages through the inbox', async () => {
    const { says, request, advance } = await anApi()
    for (const number of [1, 2, 3, 4]) {
      await advance('1 minute')
      await says(`number ${number}`, { identifiers: { phone: `+452000000${number}` } })
    }
    const seen: string[] = []
    let cursor: string | undefined = ''
    while (cursor !== undefined) {
      const [, page] = await request(`?limit=2&${cursor === '' ? '' : `cursor=${encodeURIComponent(cursor)}`}`)
      const { conversations, cursor: next } = page as { conversations: { preview: string }[]; cursor?: string }
      seen.push(...conversations.map(({ preview }) => preview))
      cursor = next
    }
    expect(seen).toEqual(['My coffee was cold', 'number 1', 'number 2', 'number 3', 'number 4'])
  })

  it.each([
    ['a conversation that is not there', '/cnv_0', undefined, 404, 'conversation.unknown'],
    ['a claim by nobody', '/ID/claim', {}, 400, 'conversation.bad-request'],
    ['a reply without words', '/ID/replies', { agent: 'Bo', reply: 'r', text: ' ' }, 400, 'conversation.bad-request'],
    [
      'a channel that is not there',
      '/ID/replies',
      { agent: 'Bo', reply: 'r', text: 'x', channel: 'fax' },
      400,
      'reply.no-channel',
    ],
    ['a team that is not there', '/ID/assign', { agent: 'Bo', team: 'caer' }, 400, 'conversation.no-team'],
    ['a state that is not there', '?state=closed', undefined, 400, 'http.bad-query'],
  ])('refuses %s', async (_, path, json, status, code) => {
    const { id, request } = await anApi()
    const [answered, problem] = await request(path.replace('ID', id), json)
    expect([answered, (problem as { code?: string }).code]).toEqual([status, code])
  })

  it('tells a second agent who has it', async () => {
    const { id, request } = await anApi()
    await request(`/${id}/claim`, { agent: 'Bo' })
    expect(await request(`/${id}/claim`, { agent: 'Cy' })).toMatchObject([
      409,
      { code: 'conversation.claimed', detail: 'Bo has this conversation; ask, or take it over with --force.' },
    ])
    expect(await request(`/${id}/claim`, { agent: 'Cy', force: true })).toMatchObject([200, { agent: 'Cy' }])
  })
})
