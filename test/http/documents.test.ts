import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { aBrandFile, aMessageFolder } from '#test/builders/a-system.ts'
import { aServer, type TestServer } from './a-server.ts'

/*
 * The folder in git and the console edit the same documents: what one publishes is not undone by the other unasked.
 */

const PATH = 'journeys/welcome.yaml'
const WELCOME =
  '# how we greet\njourney: welcome\npurpose: service\nenter: { when: order.started }\nsteps: [{ send: hello }]\n'
const edit = (text: string) => WELCOME.replace('# how we greet', `# ${text}`)

let server: TestServer
beforeAll(async () => {
  server = await aServer()
  await publish(WELCOME)
})
afterAll(() => server.close())

const answer = async (path: string, init: Parameters<TestServer['request']>[1] = {}) => {
  const response = await server.request(`/v1/brand${path}`, init)
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const publish = (welcome: string, more: object = {}) =>
  answer('', {
    json: {
      files: { 'brand.yaml': aBrandFile(), ...aMessageFolder('hello', ['sms']), [PATH]: welcome },
      from: 'folder',
      by: 'git',
      ...more,
    },
  })

const save = (text: string, revision: number, path = PATH) =>
  answer('/documents/journey/welcome', {
    method: 'PUT',
    body: JSON.stringify({ files: { [path]: text }, revision, by: 'Ada' }),
  })

const publishDraft = (revision: number) =>
  answer('/documents/journey/welcome/publish', { json: { revision, by: 'Ada', from: 'console' } })

describe('a draft', () => {
  it('is kept beside what is live, and published with its comments', async () => {
    expect((await save(edit('by Ada'), 0)).body).toMatchObject({ revision: 1, base: { [PATH]: 1 } })
    expect((await answer('/files')).body).toMatchObject({ files: { [PATH]: WELCOME } })
    expect((await publishDraft(1)).body).toMatchObject({
      published: [{ kind: 'journey', name: 'welcome', version: 2 }],
    })
    expect((await answer('/files')).body).toMatchObject({ files: { [PATH]: edit('by Ada') } })
    expect((await answer('/documents/journey/welcome')).status).toBe(404)
  })

  it('is not undone by a folder, which is told who made it and what to do', async () => {
    const refused = await publish(edit('from git'))
    expect([refused.status, refused.body.code]).toEqual([409, 'document.newer-edit'])
    expect(refused.body.detail).toMatch(/journeys\/welcome.yaml was edited by Ada in the console on .*pull.*--force/)
    expect((await answer('/edits')).body).toMatchObject({
      edits: [{ path: PATH, version: 2, text: edit('by Ada'), origin: { from: 'console', by: 'Ada' } }],
    })
  })

  it('may be published over once it has been pulled, or by force', async () => {
    await answer('/pulled', { json: { versions: { [PATH]: 2 } } })
    expect((await answer('/edits')).body).toEqual({ edits: [] })
    expect((await publish(edit('from git'))).status).toBe(200)
    await save(edit('again by Ada'), 0)
    await publishDraft(1)
    expect((await publish(edit('more from git'))).status).toBe(409)
    expect((await publish(edit('more from git'), { force: true })).status).toBe(200)
  })

  it('is saved by one at a time, and published on what it was begun on', async () => {
    await save(edit('one'), 0)
    expect((await save(edit('two'), 0)).body.code).toBe('draft.saved-meanwhile')
    await publish(edit('git was first'))
    expect((await publishDraft(1)).body.code).toBe('draft.outdated')
    expect((await answer('/documents/journey/welcome', { method: 'DELETE' })).status).toBe(200)
    expect((await publishDraft(1)).status).toBe(404)
  })

  it('is checked with the whole folder before it is published', async () => {
    await save(WELCOME.replace('send: hello', 'send: nothing'), 0)
    expect(await publishDraft(1)).toMatchObject({ status: 422, body: { code: 'brand.problems' } })
    await answer('/documents/journey/welcome', { method: 'DELETE' })
  })

  it('has files of its own document only', async () => {
    expect((await save(WELCOME, 0, 'journeys/other.yaml')).body.code).toBe('draft.bad-files')
  })
})

describe('publishing a folder', () => {
  it('says which live journeys it does not have, and which of its own are not live', async () => {
    const other = WELCOME.replace('journey: welcome', 'journey: other')
    const files = { 'brand.yaml': aBrandFile(), ...aMessageFolder('hello', ['sms']), 'journeys/other.yaml': other }
    const first = await answer('', { json: { files } })
    expect(first.body.remarks).toEqual([expect.stringMatching(/^Live, but not in this folder: welcome; .* retire/)])
    await server.request('/v1/journeys/other/retire', { json: { by: 'Ada' } })
    await server.request('/v1/journeys/welcome/retire', { json: { by: 'Ada' } })
    const again = await answer('', { json: { files } })
    expect(again.body.remarks).toEqual([expect.stringMatching(/^other is still retired; .*resume other/)])
  })

  it('says which live journeys need a purpose that its brand.yaml does not have', async () => {
    await server.request('/v1/journeys/welcome/resume', { json: { by: 'Ada' } })
    const brand = aBrandFile().replace(/^ {2}service: .*$/m, '')
    const { body } = await answer('', { json: { files: { 'brand.yaml': brand } } })
    expect(body.remarks).toEqual([
      expect.stringMatching(/^Live, but not in this folder: welcome/),
      expect.stringMatching(/^welcome fails when it sends: brand.yaml has no purpose service any more/),
    ])
  })
})
