import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readInstallations } from '#infra/installations.ts'
import { aDeployedAccount } from '#test/builders/a-deployed-account.ts'
import { AwsAccount } from '#test/builders/an-aws-account.ts'
import { aServer, type TestServer } from '#test/http/a-server.ts'

/** Any installation will do; its file is for whoever runs Throughline to edit. */
const [{ name: NAME, stack: STACK, from: FROM } = { name: '', stack: '', from: '' }] = readInstallations()

/** A system where its stack says that it is, and the account of AWS that says it. */
const account = new AwsAccount()
let server: TestServer
let folder: string

beforeAll(async () => {
  await account.listen()
  server = await aServer()
  folder = join(mkdtempSync(join(tmpdir(), 'deployed-')), 'brand')
  cpSync('examples/kaffi', folder, { recursive: true, filter: isOfOneJourney })
  edit('brand.yaml', 'hello@kaffi.example', FROM)
})
beforeEach(() => {
  account.answers = aDeployedAccount({ api: server.url, token: server.system.token, stack: STACK })
})
afterAll(async () => {
  account.close()
  await server.close()
  rmSync(join(folder, '..'), { recursive: true })
})

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

function throughline(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const { GITHUB_ACTIONS: _, GITHUB_ACTOR: __, ...rest } = process.env
  const env = { ...rest, ...account.environment, ...environment }
  return new Promise((resolve) => {
    execFile(process.execPath, ['cli/main.ts', ...args], { env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : Number(error.code), out, err }),
    )
  })
}

/** The whole of Kaffi takes long to compile. */
function isOfOneJourney(path: string): boolean {
  const [, , folder, name = ''] = path.split('/')
  if (folder === 'journeys') return ['', 'abandoned-order.yaml'].includes(name)
  return folder !== 'messages' || ['', 'order-reminder', 'order-last-call', 'offer-bun', 'offer-points'].includes(name)
}

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(join(folder, file), 'utf8')
  expect(text).toContain(from)
  writeFileSync(join(folder, file), text.replace(from, to))
}

describe('a deployed system', { timeout: 120_000 }, () => {
  it('is published to, compared with, and looked at by the name of its installation', async () => {
    const first = await throughline(['deploy-brand', folder, '--to', NAME], { GITHUB_ACTOR: 'ada' })
    expect(first).toMatchObject({ code: 0, err: '' })
    expect(first.out).toContain('+ journeys/abandoned-order.yaml')
    expect(first.out).toMatch(/journey abandoned-order {2}version 1/)

    const again = await throughline(['deploy-brand', folder, '--to', NAME])
    expect(again.code).toBe(0)
    expect(again.out).toMatch(/What is live is as this folder has it\.\n\n0 documents published, \d+ as they were/)

    const listed = await throughline(['journeys', 'list'], { THROUGHLINE_AT: NAME })
    expect(listed.out).toContain('abandoned-order')
    expect(account.asked).toContain('GetSecretValue')

    edit('journeys/abandoned-order.yaml', 'wait: 1 hour', 'wait: 2 hours')
    const dry = await throughline(['deploy-brand', folder, '--to', NAME, '--dry-run', '--json'])
    const { differences, published } = JSON.parse(dry.out)
    expect([dry.code, published]).toEqual([0, undefined])
    expect(differences).toEqual([
      {
        file: 'journeys/abandoned-order.yaml',
        what: 'changed',
        words: ['wait-1-hour: removed: wait 1 hour', 'wait-2-hours: added: wait 2 hours'],
      },
    ])
  })

  it('is not published to while something is wrong, and GitHub is told where', async () => {
    edit('brand.yaml', `address: ${FROM}`, 'address: hello@elsewhere.example')
    const ran = await throughline(['deploy-brand', folder, '--to', NAME], { GITHUB_ACTIONS: 'true' })
    expect(ran.code).toBe(1)
    expect(ran.out).toContain('may send email from')
    expect(ran.out).toContain(`Nothing was published to ${NAME}.`)
    expect(ran.out).toMatch(/^::error file=.*brand\.yaml,line=\d+/m)
  })

  it('is not published to with --strict while there are warnings', async () => {
    edit('brand.yaml', 'hello@elsewhere.example', FROM)
    edit('journeys/abandoned-order.yaml', 'when: order.started', 'when: order.strated')
    const ran = await throughline(['deploy-brand', folder, '--to', NAME, '--strict', '--json'])
    const { problems, published } = JSON.parse(ran.out)
    expect([ran.code, published]).toEqual([1, undefined])
    expect(problems).toContainEqual(
      expect.objectContaining({ severity: 'warning', file: 'journeys/abandoned-order.yaml' }),
    )
  })

  it('is pulled from into a brand’s folder, and nowhere else', async () => {
    const elsewhere = join(folder, '..')
    const ran = await throughline(['pull', elsewhere, '--at', NAME])
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining(`There is no brand.yaml in ${elsewhere}`)])
    expect(await throughline(['pull', '--at', NAME])).toMatchObject({ code: 0, out: 'Nothing was edited elsewhere.\n' })
  })

  it.each([
    ['what only one machine has', ['clock', '--at', NAME], {}, /Only a system on one machine has this/],
    ['a name that installations.yaml has not', ['journeys', 'list', '--at', `${NAME}x`], {}, /Did you mean/],
    ['no name', ['deploy-brand'], {}, /Say with --to/],
    ['no region', ['journeys', 'list', '--at', NAME], { AWS_REGION: '', HOME: '/nonexistent' }, /set AWS_REGION/],
  ])('is asked for with %s, and told in one line', async (_, args, environment, line) => {
    const ran = await throughline(args, environment)
    expect(ran.code).toBe(1)
    expect(ran.err).toMatch(line)
    expect(ran.err.trim().split('\n')).toHaveLength(1)
  })

  it('is not there before it is deployed', async () => {
    account.answers = { DescribeStacks: 'ValidationError: Stack with id x does not exist' }
    const ran = await throughline(['journeys', 'list', '--at', NAME])
    expect([ran.code, ran.err]).toEqual([1, expect.stringContaining(`"npx cdk deploy ${STACK}" deploys it`)])
  })

  it('does not take another token than its secret has', async () => {
    account.answers = aDeployedAccount({ api: server.url, token: 'another token', stack: STACK })
    const ran = await throughline(['journeys', 'list', '--at', NAME])
    expect([ran.code, ran.err]).toEqual([
      1,
      expect.stringContaining('does not let us in. Functions read the secret once'),
    ])
  })

  it('has a doctor, whose command fails when something is missing', async () => {
    account.answers = { GetCallerIdentity: 'ExpiredToken' }
    const ran = await throughline(['doctor', NAME, '--json'])
    expect(ran.code).toBe(1)
    expect(JSON.parse(ran.out)).toMatchObject([{ check: 'account.credentials', state: 'missing' }])
  })
})
