import { parse } from 'yaml'
import { InvalidInput, messageOf } from '#shared/errors/errors.ts'
import { parseDuration } from '#shared/time/duration.ts'
import type { Json } from '#shared/world/table.ts'
import type { OutboxFeedback } from '../outbox.ts'

/** What she does in a preview, beside what lets her in. */
export type Answer = MessageAnswer | Act

/** What she does with a message, each time it comes. */
export interface MessageAnswer {
  readonly message: string
  readonly what: OutboxFeedback
  /** Her own words, where she answers. */
  readonly text?: string | undefined
  /** Milliseconds since it came. */
  readonly after: number
}

/** A touchpoint of hers. */
export interface Act {
  readonly type: string
  readonly channel?: string | undefined
  readonly properties: Readonly<Record<string, Json>>
  /** Milliseconds since she entered. */
  readonly after: number
}

const MESSAGE =
  /^([a-z0-9][a-z0-9-]*):\s*(delivered|opened|clicked|bounced|complained|answered)(?:\s+"(.*)")?\s+after\s+(.+)$/
const ACT = /^([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)(?:\s+on\s+([a-z]+))?\s+after\s+([^{]+?)\s*(\{.*\})?$/s

const REMEDY =
  'Write it as in "order-reminder: opened after 2 hours", or "order.completed on store after 3 days {total: 40}".'

/**
 * One answer as a marketer writes it.
 * @throws InvalidInput when it is none.
 */
export function readAnswer(text: string): Answer {
  const [, message, what, words, wait] = MESSAGE.exec(text.trim()) ?? []
  if (message !== undefined)
    return { message, what: what as OutboxFeedback, text: words, after: readDuration(wait, text) }
  const [, type, channel, moment, properties] = ACT.exec(text.trim()) ?? []
  if (type === undefined)
    throw new InvalidInput('preview.bad-answer', `"${text}" says nothing that she does. ${REMEDY}`)
  return { type, channel, properties: readProperties(properties, text), after: readDuration(moment, text) }
}

/**
 * A list of answers in YAML.
 * @throws InvalidInput when it is none.
 */
export function readAnswers(yaml: string): readonly Answer[] {
  const list = parseYaml(yaml, 'The answers')
  if (!Array.isArray(list))
    throw new InvalidInput('preview.bad-answers', `The answers are a list, one on each line after "- ". ${REMEDY}`)
  return list.map((entry) => readAnswer(textOf(entry)))
}

/** YAML takes the colon of `order-reminder: opened after 2 hours` for its own. */
function textOf(entry: unknown): string {
  if (typeof entry !== 'object' || entry === null) return String(entry)
  return Object.entries(entry)
    .map(([key, value]) => `${key}: ${String(value)}`)
    .join(', ')
}

function readDuration(text: string | undefined, answer: string): number {
  const duration = parseDuration(text ?? '')
  if (duration !== undefined) return duration
  throw new InvalidInput('preview.bad-answer', `"${answer}" does not say after how long. ${REMEDY}`)
}

function readProperties(text: string | undefined, answer: string): Act['properties'] {
  return text === undefined ? {} : (parseYaml(text, `"${answer}"`) as Act['properties'])
}

function parseYaml(text: string, what: string): unknown {
  try {
    return parse(text)
  } catch (cause) {
    throw new InvalidInput('preview.bad-answers', `${what} cannot be read: ${messageOf(cause)} ${REMEDY}`, { cause })
  }
}
