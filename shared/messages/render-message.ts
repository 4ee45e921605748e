import type { Brand } from '../brand/brand.ts'
import { channels } from '../channels/catalog.ts'
import type { Form, TextKind } from '../channels/channel.ts'
import type { ChannelName } from '../channels/senders.ts'
import { InvalidInput, messageOf } from '../errors/errors.ts'
import type { Links } from './links.ts'
import { type RenderContext, renderTemplate } from './liquid.ts'
import { chooseLocale } from './locales.ts'
import type { CompiledMessage } from './message-document.ts'
import { templateOf } from './templates.ts'
import { trackLinks } from './track-links.ts'
import { brandVariables } from './variables.ts'

export interface RenderRequest {
  readonly message: CompiledMessage
  readonly channel: ChannelName
  /** What she reads; the brand's order decides where the message has no such form. */
  readonly locale: string | undefined
  /** Hers, else the brand's: dates are shown by it. */
  readonly zone?: string | undefined
  readonly brand: Brand
  /** `customer`, `entry`, `saved`, and the tables by name. */
  readonly variables: Readonly<Record<string, unknown>>
  readonly now: number
  readonly links: Links
}

/** A variable that had no value when the message was rendered, and so came out empty. */
interface RenderWarning {
  readonly code: 'missing-variable'
  readonly variable: string
  /** `subject`, `html`, `data.order`. */
  readonly field: string
}

export interface RenderedMessage {
  readonly content: Form
  /** The one that was used. */
  readonly locale: string
  readonly warnings: readonly RenderWarning[]
}

const MOST_CHARACTERS = 1024 * 1024

/**
 * The message as this customer gets it. The same request always gives the same content.
 * @throws InvalidInput `message.no-form` when it has no form for the channel; `message.cannot-render` when a value
 * does not suit it, or when it passes a limit.
 */
export function renderMessage(request: RenderRequest): RenderedMessage {
  const { message, channel, brand } = request
  const forms = message.channels[channel] ?? {}
  const locale = chooseLocale(request.locale, Object.keys(forms), brand.locales)
  const form = locale === undefined ? undefined : forms[locale]
  if (locale === undefined || !form)
    throw new InvalidInput('message.no-form', `Write a form of "${message.message}" for ${channel}.`)
  const writer = new Writer(request, locale)
  const content: Record<string, Form[string]> = {}
  for (const [field, text] of Object.entries(form)) {
    content[field] = typeof text === 'string' ? writer.write(field, text) : writer.writeAll(field, text)
  }
  return { content, locale, warnings: writer.warnings }
}

/** Writes the texts of one message for one customer, and keeps what it had to leave empty. */
class Writer {
  readonly warnings: RenderWarning[] = []
  readonly #request: RenderRequest
  readonly #context: RenderContext
  readonly #key: string
  readonly #kinds: Readonly<Record<string, TextKind>>

  constructor(request: RenderRequest, locale: string) {
    const { message, channel, brand, variables, now, links, zone } = request
    this.#request = request
    this.#key = `${message.version} ${channel} ${locale}`
    this.#kinds = channels[channel].kinds
    this.#context = {
      scope: {
        ...variables,
        brand: brandVariables(brand),
        links: { unsubscribe: links.unsubscribe ?? null, preferences: links.preferences ?? null },
        message: { name: message.message },
      },
      now,
      zone: zone ?? brand.defaultZone,
      locale,
    }
  }

  writeAll(field: string, texts: Readonly<Record<string, string>>): Record<string, string> {
    return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, this.write(`${field}.${name}`, text)]))
  }

  write(field: string, text: string): string {
    const kind = this.#kinds[field] ?? 'text'
    const { text: written, missing } = this.#render(field, text, kind)
    for (const variable of missing) this.warnings.push({ code: 'missing-variable', variable, field })
    if (kind === 'html') return this.#follow(written)
    return kind === 'line' ? toOneLine(written) : tidy(written)
  }

  #render(field: string, text: string, kind: TextKind) {
    const rendering = this.#attempt(field, () => {
      return renderTemplate(templateOf(`${this.#key} ${field}`, text, kind), kind, this.#context)
    })
    if (rendering.text.length > MOST_CHARACTERS) throw this.#failure(field, 'it is too long')
    return rendering
  }

  #attempt<T>(field: string, work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw this.#failure(field, messageOf(error))
    }
  }

  /** Liquid's words quote the template, never a value. */
  #failure(field: string, reason: string): InvalidInput {
    const { message, version } = this.#request.message
    return new InvalidInput('message.cannot-render', `"${message}" cannot be rendered (${field}): ${reason}.`, {
      details: { message, version, field },
    })
  }

  #follow(html: string): string {
    const { message, links } = this.#request
    const own = new Set([links.unsubscribe, links.preferences])
    return trackLinks(html, (url) => (message.trackLinks && !own.has(url) ? links.click?.(url) : undefined))
  }
}

/** Liquid on lines of its own leaves these empty. */
function tidy(text: string): string {
  return text
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}

/** A line break in a subject would begin another header. */
function toOneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim()
}
