import type { HttpRequest } from '../../../world/http.ts'
import type { Json } from '../../../world/table.ts'
import type { World } from '../../../world/world.ts'
import type { Filler } from '../fill-texts.ts'
import { signedHeaders } from './sign.ts'
import type { Body, WebhookStep } from './webhook.ts'

/** The request of a `webhook` step for one customer, signed. @param id the same for every try of the same call */
export async function fillRequest(
  { clock, secrets }: Pick<World, 'clock' | 'secrets'>,
  { url, method, headers, body, timeout }: WebhookStep,
  fill: Filler,
  id: string,
): Promise<HttpRequest> {
  const text = body === undefined ? undefined : bodyText(body, fill)
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), fill.text(value, 'line')] as const)
  return {
    method,
    url: fill.text(url, 'url'),
    headers: {
      'user-agent': 'Throughline',
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...Object.fromEntries(own.map(([name, value]) => [name, value.replace(/[^\t\x20-\x7e\x80-\xff]+/g, ' ')])),
      ...signedHeaders(await secrets.webhookKey(), id, clock.now(), text ?? ''),
    },
    body: text,
    timeout,
  }
}

function bodyText(body: Body, fill: Filler): string {
  return typeof body === 'string' ? fill.text(body, 'json') : JSON.stringify(filledBody(body, fill))
}

function filledBody(body: Body, fill: Filler): Json {
  if (typeof body === 'string') return fill.value(body)
  if (Array.isArray(body)) return (body as readonly Body[]).map((item) => filledBody(item, fill))
  return Object.fromEntries(Object.entries(body).map(([name, item]) => [name, filledBody(item, fill)]))
}
