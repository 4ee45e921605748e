import type * as YAML from 'yaml'

interface Saying {
  readonly message: string
  readonly fix?: string
}

/** What the parser finds, in words for people who write documents; its own where they are clear. */
export function sayingOf({ code, message }: Pick<YAML.YAMLError, 'code' | 'message'>): Saying {
  const known = SAYINGS[code]
  if (known === undefined) return { message: `${message}.` }
  return typeof known === 'function' ? known(message) : known
}

const SAYINGS: Partial<Record<YAML.ErrorCode, Saying | ((message: string) => Saying)>> = {
  DUPLICATE_KEY: { message: 'This key stands here twice.', fix: 'Remove one of them, or make a list of both.' },
  MULTIPLE_DOCS: { message: 'A file holds one document, so a line "---" cannot begin another.' },
  TAB_AS_INDENT: { message: 'YAML is indented with spaces, not with tabs.' },
  MISSING_CHAR: (message) =>
    message.includes('quote')
      ? { message: 'A quote that was opened above is not closed.', fix: 'Close it on its own line.' }
      : { message: `${message}.` },
  BAD_INDENT: (message) =>
    message.startsWith('Flow')
      ? {
          message: `A ${message.includes(']') ? '[ … ]' : '{ … }'} that was opened above is not closed.`,
          fix: 'Close it, or write it over several lines without brackets.',
        }
      : { message: 'This is indented otherwise than what stands beside it.', fix: 'Begin it in the same column.' },
  BLOCK_AS_IMPLICIT_KEY: (message) =>
    message.startsWith('Nested')
      ? { message: 'YAML reads the second ": " as a map inside a map.', fix: 'Quote a text that holds ": ".' }
      : { message: 'This is indented otherwise than what stands beside it.', fix: 'Begin it in the same column.' },
  MULTILINE_IMPLICIT_KEY: {
    message: 'Here a key and its ":" are missing, or a line is indented otherwise than those beside it.',
    fix: 'Write "key: value", in the same column as the others.',
  },
  BAD_SCALAR_START: { message: 'YAML keeps this character for itself.', fix: 'Quote a text that begins with it.' },
  UNEXPECTED_TOKEN: {
    message: 'Here a value has ended already.',
    fix: 'Quote the whole text, or move what follows to a line of its own.',
  },
}
