import { Sha256 } from '@aws-crypto/sha256-js'
import { SignatureV4 } from '@smithy/signature-v4'
import type { Context } from 'hono'
import * as z from 'zod'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import type { BusEvent } from '#shared/world/bus.ts'
import type { World } from '#shared/world/world.ts'

const Entry = z.object({
  Source: z.string().min(1),
  DetailType: z.string().min(1),
  Detail: z.string(),
  Time: z.union([z.number(), z.string()]).optional(),
})

const Request = z.object({ Entries: z.array(z.unknown()).min(1).max(10) })

/** The access key id that SDKs use against the embedded system; the secret is its token. */
export const ACCESS_KEY_ID = 'throughline'

const MOST_BYTES = 1024 * 1024

/** EventBridge's PutEvents as the AWS SDKs call it (AWS JSON 1.1), with its limits and signature version 4. */
export async function putEvents(context: Context<HttpEnvironment>): Promise<Response> {
  const world = context.get('world')
  const text = await context.req.text()
  if (!(await isSigned(context, text, await world.secrets.apiToken())))
    return awsError(
      403,
      'InvalidSignatureException',
      `Sign with access key id "${ACCESS_KEY_ID}" and the token as the secret.`,
    )
  const request = Request.safeParse(JSON.parse(text))
  if (!request.success || Buffer.byteLength(text) > MOST_BYTES)
    return awsError(400, 'ValidationException', 'PutEvents takes 1 to 10 entries and 1 MB in all.')
  const Entries = await publish(world, request.data.Entries)
  return awsJson(200, { FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length, Entries })
}

type Answer = { readonly EventId: string } | { readonly ErrorCode: string; readonly ErrorMessage: string }

async function publish({ bus }: World, entries: readonly unknown[]): Promise<readonly Answer[]> {
  const read = entries.map(readEntry)
  const good = read.filter((entry) => 'source' in entry)
  const published = await bus.publish(good)
  return read.map((entry): Answer => {
    if (!('source' in entry)) return entry
    const result = published[good.indexOf(entry)]
    return result?.accepted === true
      ? { EventId: result.eventId }
      : { ErrorCode: 'InternalFailure', ErrorMessage: result?.reason ?? 'Not taken.' }
  })
}

function readEntry(value: unknown): BusEvent | { readonly ErrorCode: string; readonly ErrorMessage: string } {
  const entry = Entry.safeParse(value)
  if (!entry.success)
    return { ErrorCode: 'InvalidArgument', ErrorMessage: 'An entry has Source, DetailType and Detail.' }
  const { Source, DetailType, Detail } = entry.data
  const detail = parseDetail(Detail)
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }
  return { source: Source, detailType: DetailType, detail }
}

function parseDetail(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const detail: unknown = JSON.parse(text)
    return typeof detail === 'object' && detail !== null && !Array.isArray(detail)
      ? (detail as Record<string, unknown>)
      : undefined
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

const CREDENTIAL = /Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request/
const SIGNED_HEADERS = /SignedHeaders=([^,\s]+)/

/** Signs the request as the caller should have, and compares. */
async function isSigned(context: Context, body: string, secretAccessKey: string): Promise<boolean> {
  const authorization = context.req.header('authorization') ?? ''
  const [, accessKeyId, , region = '', service = ''] = CREDENTIAL.exec(authorization) ?? []
  const date = context.req.header('x-amz-date')
  if (accessKeyId !== ACCESS_KEY_ID || date === undefined) return false
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey },
    region,
    service,
    sha256: Sha256,
    applyChecksum: false,
  })
  const names = SIGNED_HEADERS.exec(authorization)?.[1]?.split(';') ?? []
  const headers = Object.fromEntries(names.map((name) => [name, context.req.header(name) ?? '']))
  const request = { method: 'POST', protocol: 'http:', hostname: 'localhost', path: '/', headers, body }
  const signed = await signer.sign(request, { signingDate: parseAmzDate(date), signableHeaders: new Set(names) })
  return signed.headers.authorization === authorization
}

/** `20261121T093000Z`. */
function parseAmzDate(text: string): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

function awsError(status: number, type: string, message: string): Response {
  return awsJson(status, { __type: type, message })
}

function awsJson(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/x-amz-json-1.1' } })
}
