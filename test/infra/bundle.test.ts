import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Metafile } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalog } from '#functions/catalog.ts'
import { showCustomer } from '#shared/insights/customer.ts'
import { aBrandFile, aMessageFolder, QUIET } from '#test/builders/a-system.ts'
import { BUNDLE, bundleFunctions } from '../../infra/bundle.ts'
import { bundleSizeOf } from '../../infra/bundle-sizes.ts'
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

let bundle: Metafile
beforeAll(async () => {
  bundle = await bundleFunctions()
  await cp(BUNDLE, deployed, { recursive: true })
})
afterAll(async () => {
  await system.stop()
  await rm(folder, { recursive: true })
})

/**
 * KB of the minified code, at the most: of the handler, and with the world that its first event waits for. Of that world
 * 320 KB are the clients of AWS. Larger ones start slower: `npm run sizes` says what they are, and how long they take.
 */
const SIZES: Readonly<Record<string, readonly [handler: number, whole: number]>> = {
  'record-touchpoints': [375, 710],
  'send-message': [450, 830],
  'decide-branch': [250, 530],
  'await-touchpoint': [325, 640],
  'update-profile': [465, 795],
  'emit-touchpoint': [465, 795],
  'find-instant': [325, 610],
  'call-webhook': [415, 715],
  'hand-over': [470, 800],
  'end-run': [230, 515],
  'park-run': [235, 550],
  'sweep-due': [530, 945],
  'count-changes': [25, 405],
  'receive-feedback': [130, 440],
  'collect-events': [225, 545],
  'serve-links': [60, 485],
  'publish-brand': [665, 1015],
  'serve-api': [710, 1160],
}

describe('bundleFunctions', () => {
  it.each(catalog)('keeps $name as small as promised', (manifest) => {
    const [handler, whole] = SIZES[manifest.name] ?? [0, 0]
    const size = bundleSizeOf(bundle, manifest)
    expect(size.handler).toBeLessThan(handler * 1024)
    expect(size.whole).toBeLessThan(whole * 1024)
    // A promise that is far from what is so promises nothing.
    expect(size.whole).toBeGreaterThan(whole * 1024 * 0.9)
  })

  it.each(catalog)('makes a handler of $name that needs no other files', async ({ name }) => {
    const handler = await handlerOf(name)
    // Without its environment it gets as far as making the world.
    await expect(handler({}, {})).rejects.toMatchObject({ name: 'Misconfigured', code: 'aws.environment' })
  })

  it('records a touchpoint as it does unbundled', async () => {
    const at = '2026-03-02T10:00:00.000Z'
    const detail = {
      id: 'e1',
      type: 'order.completed',
      occurredAt: at,
      identifiers: { userId: 'ada', phone: '+46 (0)70-123 45 67' },
    }
    const body = JSON.stringify({ id: 'b1', source: 'shop', 'detail-type': detail.type, detail })
    const record = { messageId: 'm1', body, attributes: { SentTimestamp: String(Date.parse(at)) } }
    const handler = await handlerOf('record-touchpoints')
    expect(await handler({ Records: [record] }, { world: system.world })).toEqual({ batchItemFailures: [] })
    const shown = await showCustomer(system.world, { kind: 'phone', value: '+46701234567' })
    expect(shown?.profile.identifiers).toEqual({ userId: ['ada'], phone: ['+46701234567'] })
  })

  it('keeps the names that machines match on', async () => {
    const handler = await handlerOf('end-run')
    await expect(handler({}, { world: system.world })).rejects.toMatchObject({ name: 'InvalidInput' })
  })

  it('makes what is done when the stack is deleted', async () => {
    const { handler } = await import(pathToFileURL(join(deployed, 'on-delete/handler.mjs')).href)
    await expect(handler({ RequestType: 'Create', ResponseURL: '', ResourceProperties: {} })).rejects.toThrow('URL')
  })

  it('brings MJML along, so that messages are published', async () => {
    const files = { 'brand.yaml': aBrandFile(), ...aMessageFolder('hello') }
    const handler = await handlerOf('publish-brand')
    const response = await handler(aRequest('POST', '/v1/brand', { files }), { world: system.world })
    expect(response).toMatchObject({ statusCode: 200 })
    const { published } = JSON.parse(response.body)
    expect(published).toContainEqual({ kind: 'message', name: 'hello', version: 1, changed: true })
  })
})
