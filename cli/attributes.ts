import { InvalidArgumentError } from 'commander'

export type Attributes = Readonly<Record<string, unknown>>

/**
 * Adds `name=value` to what earlier options gave. Numbers, `true` and `false` become what they say, JSON in brackets or
 * quotes what it holds; the rest is text, also a number with a leading zero or a plus.
 * @throws InvalidArgumentError when there is no name.
 */
export function collectAttribute(text: string, earlier: Attributes = {}): Attributes {
  const equals = text.indexOf('=')
  if (equals < 1) throw new InvalidArgumentError('Write it as name=value.')
  return { ...earlier, [text.slice(0, equals)]: parseValue(text.slice(equals + 1)) }
}

const JSON_TEXT = /^(?:-?(?:0|[1-9]\d{0,14})(?:\.\d+)?|true|false|\[.*\]|\{.*\}|".*")$/s

function parseValue(text: string): unknown {
  if (!JSON_TEXT.test(text)) return text
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidArgumentError(`The value ${text} looks like JSON but is not.`)
  }
}
