import { type Piece, SourceText } from '../channels/source-text.ts'
import type { Problem } from '../documents/document.ts'

const INCLUDE = /\{%-?\s*include\s+(["'])([a-z0-9-]+)\1\s*-?%\}/g

const DEEPEST = 8

interface Library {
  /** The files of `partials/`. */
  readonly partials: Readonly<Record<string, string>>
  readonly locale: string
  /** Which files may stand in for each other: those of the file that includes. */
  readonly extension: string
}

type Included =
  | { readonly ok: true; readonly source: SourceText }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/**
 * Puts partials in the place of `{% include 'footer' %}`: `partials/footer.<locale>.mjml` where there is one, else
 * `partials/footer.mjml`; for text messages `.txt`. It is done with the words, before anything else reads them.
 */
export function includePartials(file: string, text: string, library: Library): Included {
  const problems: Problem[] = []
  const pieces = piecesOf(file, text, library, [], problems)
  return problems.length > 0 ? { ok: false, problems } : { ok: true, source: new SourceText(file, pieces) }
}

function piecesOf(
  file: string,
  whole: string,
  library: Library,
  trail: readonly string[],
  problems: Problem[],
): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of whole.matchAll(INCLUDE)) {
    pieces.push({ file, whole, from, to: match.index })
    from = match.index + match[0].length
    const partial = findPartial(match[2] ?? '', library, trail)
    if ('mistake' in partial) problems.push(problemIn(file, whole, match.index, partial.mistake))
    else pieces.push(...piecesOf(partial.file, partial.text, library, [...trail, partial.file], problems))
  }
  return [...pieces, { file, whole, from, to: whole.length }]
}

function findPartial(name: string, { partials, locale, extension }: Library, trail: readonly string[]) {
  const [language] = locale.split('-')
  const names = [`${name}.${locale}.${extension}`, `${name}.${language}.${extension}`, `${name}.${extension}`]
  const fileName = names.find((candidate) => Object.hasOwn(partials, candidate))
  if (fileName === undefined) return { mistake: `There is no partial "${names.at(-1)}" in partials/.` }
  const file = `partials/${fileName}`
  if (trail.includes(file)) return { mistake: `The partial "${name}" includes itself.` }
  if (trail.length >= DEEPEST) return { mistake: `Partials are nested at most ${DEEPEST} deep.` }
  return { file, text: (partials[fileName] ?? '').replaceAll('\r\n', '\n') }
}

function problemIn(file: string, whole: string, offset: number, message: string): Problem {
  const lines = whole.slice(0, offset).split('\n')
  return new SourceText(file, [{ file, whole, from: 0, to: whole.length }]).problemAt(
    lines.length,
    (lines.at(-1)?.length ?? 0) + 1,
    message,
  )
}
