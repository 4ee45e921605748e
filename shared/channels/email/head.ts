import type { Problem } from '../../documents/document.ts'
import type { SourceText } from '../source-text.ts'
import { holdLiquid } from './held-liquid.ts'

interface EmailHead {
  readonly subject: string
  readonly preheader: string
}

type HeadReading =
  | { readonly ok: true; readonly head: EmailHead; readonly layout: SourceText }
  | { readonly ok: false; readonly problems: readonly Problem[] }

const FENCED = /^---[ \t]*\n([\s\S]*?)\n---[ \t]*(?:\n|$)/

const NAMES = ['subject', 'preheader']

/**
 * Subject and preheader, one line each, between two lines of `---` at the top of the file. They are taken as they
 * stand, so that Liquid needs no quotes there; what follows is the layout, on the same line numbers.
 */
export function readHead(source: SourceText): HeadReading {
  const fenced = FENCED.exec(source.text)
  if (!fenced) {
    const fix = 'Write "---", a line "subject: …", and "---" again above it.'
    return { ok: false, problems: [source.problemAt(1, 1, 'The subject is missing.', fix)] }
  }
  const texts = new Map<string, string>()
  const problems: Problem[] = []
  for (const [index, line] of (fenced[1] ?? '').split('\n').entries()) {
    const [, name = '', text = ''] = /^([^:]*?)\s*:\s*(.*?)\s*$/.exec(line) ?? []
    const mistake = line.trim() === '' ? undefined : mistakeIn(name, texts)
    if (mistake !== undefined) problems.push(source.problemAt(index + 2, 1, mistake))
    else if (text !== '') texts.set(name, unquote(text))
  }
  const { subject, preheader = '' } = Object.fromEntries(texts)
  if (subject === undefined && problems.length === 0) problems.push(source.problemAt(1, 1, 'The subject is missing.'))
  if (subject === undefined || problems.length > 0) return { ok: false, problems }
  const layout = source.rewritten((whole) => whole.replace(FENCED, (head) => head.replace(/[^\n]/g, '')))
  return { ok: true, head: { subject, preheader }, layout }
}

function mistakeIn(name: string, texts: ReadonlyMap<string, string>): string | undefined {
  if (!NAMES.includes(name)) return `Here belong "subject: …" and "preheader: …", each on one line.`
  return texts.has(name) ? `"${name}" stands here twice.` : undefined
}

/** Who quotes out of habit does not want to see the quotes in the inbox. */
function unquote(text: string): string {
  const [, , inner = text] = /^(["'])(.*)\1$/.exec(text) ?? []
  return holdLiquid(inner).text.includes(text[0] ?? '') ? text : inner
}
