const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** East Asian Width (UAX 11) W and F in broad ranges, and what shows as a picture. */
const WIDE =
  /^(?:[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F200}-\u{1F2FF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\uFE0F)/u
const INVISIBLE = /^[\p{Mark}\p{Format}]+$/u

/** Columns that a terminal gives a text without control characters: Chinese, Japanese, Korean and emoji take two each. */
export function displayWidth(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : split(text).reduce((sum, { width }) => sum + width, 0)
}

/** The text, or as much of its beginning as fits with an ellipsis behind it. */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text
  let used = 1
  let kept = ''
  for (const piece of split(text)) {
    used += piece.width
    if (used > width) break
    kept += piece.text
  }
  return `${kept.trimEnd()}…`
}

export function padTo(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)))
}

/** What others wrote, harmless to a terminal: no control characters, so no escape sequences either; on one line. */
export function onOneLine(text: string): string {
  return text.replace(/\p{Control}+/gu, ' ').trim()
}

/** As `onOneLine`, with its line breaks. */
export function onItsLines(text: string): string {
  return text
    .split(/\r?\n/)
    .map((line) => line.replace(/\p{Control}/gu, ' ').trimEnd())
    .join('\n')
}

function split(text: string): readonly { readonly text: string; readonly width: number }[] {
  return [...graphemes.segment(text)].map(({ segment }) => ({ text: segment, width: widthOf(segment) }))
}

function widthOf(grapheme: string): number {
  if (WIDE.test(grapheme)) return 2
  return INVISIBLE.test(grapheme) ? 0 : 1
}
