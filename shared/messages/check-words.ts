import type { Brand } from '../brand/brand.ts'
import { channels } from '../channels/catalog.ts'
import type { Form } from '../channels/channel.ts'
import type { ChannelName } from '../channels/senders.ts'
import type { SourceText } from '../channels/source-text.ts'
import type { Problem } from '../documents/document.ts'

interface Spoken {
  readonly channel: ChannelName
  readonly form: Form
  readonly isMarketing: boolean
  readonly voice: Brand['voice']
}

/** Words in a message that the brand does not use, at all or in a message that needs no consent. */
export function checkWords(source: SourceText, { channel, form, isMarketing, voice }: Spoken): readonly Problem[] {
  const text = readableText(channel, form)
  const never = voice.never.map((word) => ({ word, message: `"${word}" is a word that the brand never uses.` }))
  const service = voice.marketing.map((word) => ({
    word,
    message: `"${word}" makes this marketing, and it is sent without asking for consent.`,
  }))
  return [...never, ...(isMarketing ? [] : service)]
    .filter(({ word }) => find(word, text) !== undefined)
    .map(({ word, message }) => ({
      ...source.problemAt(...placeIn(source.text, word), message, 'Say it in other words.'),
      severity: 'warning',
    }))
}

/** What a customer reads: without markup, variables and addresses. */
function readableText(channel: ChannelName, form: Form): string {
  const kinds: Readonly<Record<string, string>> = channels[channel].kinds
  return Object.entries(form)
    .flatMap(([field, text]) => (kinds[field] === 'html' || typeof text !== 'string' ? [] : [text]))
    .join('\n')
    .replace(/\{\{.*?\}\}|\{%.*?%\}|\S+:\/\/\S+/gs, ' ')
}

/** Where the word stands as a word of its own, whatever its case. */
function find(word: string, text: string): number | undefined {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/\s+/g, '\\s+')
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'iu').exec(text)?.index
}

function placeIn(text: string, word: string): [line: number, column: number] {
  const before = text.slice(0, find(word, text) ?? 0).split('\n')
  return [before.length, (before.at(-1)?.length ?? 0) + 1]
}
