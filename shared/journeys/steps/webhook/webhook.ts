import * as z from 'zod'
import { choice } from '../../../documents/choice.ts'
import { duration, mapOf, readAs, text } from '../../../documents/fields.ts'
import { describeDuration, SECOND } from '../../../time/duration.ts'
import { HTTP_LIMITS, type HttpRequest } from '../../../world/http.ts'
import { hasLiquid, liquidText, templatesIn } from '../liquid-text.ts'
import { passedOn, task } from '../place.ts'
import type { StepBase, StepKind } from '../step-kind.ts'

/** A JSON text with Liquid in it, or JSON whose texts are Liquid. */
export type Body = string | readonly Body[] | { readonly [name: string]: Body }

export interface WebhookStep extends StepBase {
  readonly kind: 'webhook'
  /** Liquid after the host. */
  readonly url: string
  readonly method: HttpRequest['method']
  readonly headers: Readonly<Record<string, string>>
  /** Undefined sends none. */
  readonly body?: Body | undefined
  /** The name under `saved` that its answer gets. */
  readonly saveAs?: string | undefined
  /** Milliseconds, for each try. */
  readonly timeout: number
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Where it goes must stand in the journey: no value of a customer may choose whom we call. */
const url = liquidText.superRefine((written, context) => {
  const host = /^https?:\/\/([^/?#\s]+)/.exec(written)?.[1]
  if (host === undefined)
    context.addIssue({ code: 'custom', message: 'A webhook’s URL begins with https:// and a host.' })
  else if (hasLiquid(host) || host.includes('@'))
    context.addIssue({ code: 'custom', message: 'The host is written out: no variable, no user and password.' })
})

const OURS = /^(host|content-length|transfer-encoding|connection|accept-encoding|idempotency-key|webhook-.*)$/i

const headerName = text.superRefine((name, context) => {
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
    context.addIssue({ code: 'custom', message: `"${name}" is not the name of a header.` })
  else if (OURS.test(name))
    context.addIssue({ code: 'custom', message: `Throughline sets the header "${name}" itself.` })
})

const body: z.ZodType<Body> = z.lazy(() =>
  choice([liquidText, list, map], (value) => {
    if (typeof value === 'string') return liquidText
    return Array.isArray(value) ? list : map
  }),
)
const list = z.array(body)
const map = mapOf(text, body)

/** What Liquid can spell after `saved.`. */
const savedName = readAs('a name of small letters, digits and _, as in offer', (written) =>
  /^[a-z][a-z0-9_]{0,31}$/.test(written) ? written : undefined,
)

export const webhookStep: StepKind<WebhookStep> = {
  key: 'webhook',
  schema: () =>
    z
      .strictObject({
        webhook: url,
        method: z.enum(METHODS).default('POST'),
        headers: mapOf(headerName, liquidText).default({}),
        body: body.optional(),
        'save as': savedName.optional(),
        timeout: duration
          .refine(
            (timeout) => timeout >= SECOND && timeout <= HTTP_LIMITS.milliseconds,
            `A webhook may take from 1 second to ${describeDuration(HTTP_LIMITS.milliseconds)}.`,
          )
          .default(HTTP_LIMITS.milliseconds),
      })
      .refine(({ method, body: given }) => method !== 'GET' || given === undefined, {
        path: ['body'],
        message: 'A GET has no body.',
      })
      .transform(({ webhook, 'save as': saveAs, ...rest }) => ({ url: webhook, saveAs, ...rest })),
  label: ({ url: written }) => hostOf(written),
  paths: () => [],
  references: () => [],
  longest: () => 0,
  saves: ({ saveAs }) => (saveAs === undefined ? [] : [saveAs]),
  templates: ({ url: written, headers, body: given }) => [
    ...templatesIn(written, ['webhook']),
    ...templatesIn(headers, ['headers']),
    ...templatesIn(given, ['body']),
  ],
  describe: ({ method, url: written, saveAs }) =>
    `${method} to ${hostOf(written)}${saveAs === undefined ? '' : `, saved as ${saveAs}`}`,
  compile: (step, place) => {
    place.add(step.id, task(step, place, { function: 'call-webhook', next: place.next, extra: { Output: passedOn() } }))
    return step.id
  },
}

function hostOf(written: string): string {
  return /^https?:\/\/([^/?#]+)/.exec(written)?.[1] ?? written
}
