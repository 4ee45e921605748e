import type { Brand } from '../brand/brand.ts'
import { isChannel } from '../channels/catalog.ts'
import type { Form } from '../channels/channel.ts'
import { formReaders } from '../channels/forms.ts'
import { CHANNEL_NAMES, type ChannelName } from '../channels/senders.ts'
import type { SourceText } from '../channels/source-text.ts'
import type { Problem } from '../documents/document.ts'
import { checkTemplate, runVariables, templateMistake, type Vocabulary } from './check-template.ts'
import { checkWords } from './check-words.ts'
import { includePartials } from './includes.ts'

export interface FormFile {
  /** As in the brand's folder. */
  readonly file: string
  readonly text: string
  /** Whether the law's rules for marketing hold. */
  readonly isMarketing: boolean
}

export interface ReadForm {
  readonly channel: ChannelName
  readonly locale: string
  readonly form: Form
  readonly warnings: readonly Problem[]
  /** What it takes of `entry` and `saved` without a default. */
  readonly variables: readonly string[]
}

/** One file of a message with everything in it checked. */
export async function readForm(
  { file, text, isMarketing }: FormFile,
  partials: Readonly<Record<string, string>>,
  vocabulary: Vocabulary,
): Promise<ReadForm | { readonly problems: readonly Problem[] }> {
  const { brand } = vocabulary
  const place = placeOf(file, brand)
  if (typeof place === 'string') return { problems: [fileProblem(file, place)] }
  const { channel, locale } = place
  const reader = formReaders[channel]
  const included = includePartials(file, text.replaceAll('\r\n', '\n'), {
    partials,
    locale,
    extension: reader.extension,
  })
  if (!included.ok) return included
  const mistakes = checkTemplate(included.source, vocabulary)
  if (mistakes.length > 0) return { problems: mistakes }
  const reading = await reader.read(fillLook(included.source, brand), { brand, locale })
  if (!reading.ok) return reading
  const { form } = reading
  const lacking = isMarketing ? reader.lacking(form, { brand, locale }) : []
  const problems = [
    ...brokenTexts(form).map((message) => fileProblem(file, message)),
    ...lacking.map(({ message, fix }) => fileProblem(file, message, fix)),
  ]
  if (problems.length > 0) return { problems }
  const advice = reader.advice?.(form, { brand, locale, isMarketing }) ?? []
  const warnings = [
    ...advice.map(({ message, fix }): Problem => ({ ...fileProblem(file, message, fix), severity: 'warning' })),
    ...checkWords(included.source, { channel, form, isMarketing, voice: brand.voice }),
  ]
  return { channel, locale, form, warnings, variables: runVariables(included.source.text) }
}

/** `email.en.mjml`, for each channel. */
export function exampleNames(): readonly string[] {
  return CHANNEL_NAMES.map(exampleName)
}

/** Something wrong with a file as a whole. */
export function fileProblem(file: string, message: string, fix?: string): Problem {
  return { file, line: 1, column: 1, path: '', message, ...(fix === undefined ? {} : { fix }) }
}

/** Channel and locale from the file's name; a sentence when it is no such name. */
function placeOf(file: string, { locales }: Brand): { channel: ChannelName; locale: string } | string {
  const [, channel = '', locale = '', extension] = /([^/.]+)\.([A-Za-z-]+)\.([a-z]+)$/.exec(file) ?? []
  if (!isChannel(channel)) return `A form is named by channel and locale, as in ${exampleNames().join(', ')}.`
  if (!locales.includes(locale)) return `"${locale}" is none of the brand's locales: ${locales.join(', ')}.`
  return extension === formReaders[channel].extension
    ? { channel, locale }
    : `This file would be ${exampleName(channel)}.`
}

function exampleName(channel: ChannelName): string {
  return `${channel}.en.${formReaders[channel].extension}`
}

/** Colours and logo are filled in at once: a layout checks them, and they change when it is published again. */
function fillLook(source: SourceText, { look }: Brand): SourceText {
  const values: Record<string, string | undefined> = { logo: look.logo }
  for (const [name, colour] of Object.entries(look.colours)) values[`colours.${name}`] = colour
  return source.rewritten((text) =>
    text.replace(/\{\{-?\s*brand\.look\.([\w.]+)\s*-?\}\}/g, (tag, path: string) => values[path] ?? tag),
  )
}

/** A file may be right as a whole and still open a tag in one of its texts and close it in another. */
function brokenTexts(form: Form): string[] {
  return Object.entries(form)
    .flatMap(([field, text]) => (typeof text === 'string' ? [[field, text] as const] : Object.entries(text)))
    .flatMap(([field, text]) => {
      const mistake = templateMistake(text)
      return mistake === undefined ? [] : [`In "${field}": ${mistake}`]
    })
}
