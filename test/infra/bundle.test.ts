import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalog } from '#functions/catalog.ts'
import { aBrandFile, aMessageFolder, QUIET } from '#test/builders/a-system.ts'
import { BUNDLE, bundleFunctions } from '../../infra/bundle.ts'
import { System } from '../../local/system.ts'

/** Away from the packages of this project; below a folder of this name vitest leaves files to Node, as they are. */
const folder = await mkdtemp(join(tmpdir(), 'bundle-'))
const deployed = join(folder, 'node_modules/functions')
const system = new System({ publicUrl: 'https://links.kaffi.example', log: QUIET })

async function handlerOf(name: string) {
  const { handler } = await import(pathToFileURL(join(deployed, name, 'handler.mjs')).href)
  return handler
}

/** A request as API Gateway hands it to a function. */
function aRequest(method: string, path: string, body?: unknown) {
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: {
      authorization: `Bearer ${system.token}`,
      host: 'links.kaffi.example',
      'content-type': 'application/json',
    },
    requestContext: { http: { method, path, sourceIp: '192.0.2.1' }, domainName: 'links.kaffi.example' },
    body: JSON.stringify(body),
    isBase64Encoded: false,
  }
}

beforeAll(async () => {
  await bundleFunctions()
  await cp(BUNDLE, deployed, { recursive: true })
})
afterAll(async () => {
  await system.stop()
  await rm(folder, { recursive: true })
})

describe('bundleFunctions', () => {
  it.each(catalog)('makes a handler of $name that needs no other files', async ({ name }) => {
    const handler = await handlerOf(name)
    // Without its environment it gets as far as making the world.
    await expect(handler({}, {})).rejects.toMatchObject({ name: 'Misconfigured', code: 'aws.environment' })
  })

  it('brings MJML along, so that the API publishes messages', async () => {
    const files = { 'brand.yaml': aBrandFile(), ...aMessageFolder('hello') }
    const handler = await handlerOf('serve-api')
    const response = await handler(aRequest('POST', '/v1/brand', { files }), { world: system.world })
    expect(response).toMatchObject({ statusCode: 200 })
    const { published } = JSON.parse(response.body)
    expect(published).toContainEqual({ kind: 'message', name: 'hello', version: 1, changed: true })
  })
})
