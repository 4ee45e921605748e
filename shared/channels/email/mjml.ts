import type { Problem } from '../../documents/document.ts'
import type { SourceText } from '../source-text.ts'
import { holdLiquid, lostLiquid, releaseLiquid } from './held-liquid.ts'

type Compiled =
  | { readonly ok: true; readonly html: string }
  | { readonly ok: false; readonly problems: readonly Problem[] }

interface Head {
  readonly title: string
  readonly preview: string
  readonly locale: string
}

/**
 * Email html from MJML with Liquid in it, which stays. MJML is loaded here and only here: it takes half a second and
 * more memory than a send should.
 */
export async function compileMjml(source: SourceText, head: Head): Promise<Compiled> {
  const { default: mjml } = await import('mjml')
  const text = withHead(source.text, head)
  const held = holdLiquid(text)
  // No web fonts by themselves: the first request of every reader would go to a third party.
  const { html, errors } = await mjml(held.text, { validationLevel: 'soft', keepComments: false, fonts: {} })
  const problems = [
    ...errors.map(({ line, message }) => source.problemAt(line, undefined, sentence(releaseLiquid(message, held)))),
    ...lostLiquid(html, held).map(({ tag, index }) => dropped(source, tag, lineOf(text, index))),
  ]
  return problems.length > 0 ? { ok: false, problems } : { ok: true, html: releaseLiquid(tidy(html), held) }
}

/** Title, preview text and language go where MJML wants them, on the line that is there: line numbers stay. */
function withHead(text: string, { title, preview, locale }: Head): string {
  const shown = preview === '' ? '' : `<mj-preview>${escapeWords(preview)}</mj-preview>`
  const own = `<mj-title>${escapeWords(title)}</mj-title>${shown}`
  const described = text.replace(/<mjml(?![^>]*\blang=)/, `<mjml lang="${locale}"`)
  if (described.includes('<mj-head>')) return described.replace('<mj-head>', () => `<mj-head>${own}`)
  return described.replace(/<mjml[^>]*>/, (tag) => `${tag}<mj-head>${own}</mj-head>`)
}

/** A plain text as html, but for the Liquid in it. */
function escapeWords(text: string): string {
  const held = holdLiquid(text)
  const escaped = held.text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
  return releaseLiquid(escaped, held)
}

/** MJML drops any text that stands between its elements, and Liquid with it. */
function dropped(source: SourceText, tag: string, line: number): Problem {
  return source.problemAt(line, undefined, `MJML drops ${tag} here.`, `Write <mj-raw>${tag}</mj-raw>.`)
}

/** Indentation is a third of what MJML writes. */
function tidy(html: string): string {
  return html.replace(/\n\s*/g, '\n').trim()
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

function sentence(message: string): string {
  return `${message.trim().replace(/\.$/, '')}.`
}
