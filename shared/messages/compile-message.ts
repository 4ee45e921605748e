import { createHash } from 'node:crypto'
import type { Brand } from '../brand/brand.ts'
import type { Form } from '../channels/channel.ts'
import { type Problem, type Reading, readDocument } from '../documents/document.ts'
import { chooseLocale } from './locales.ts'
import { type CompiledMessage, MessageDocument } from './message-document.ts'
import { exampleNames, fileProblem, type ReadForm, readForm } from './read-form.ts'

export interface MessageSource {
  /** The folder's name. */
  readonly name: string
  /** `message.yaml` and the forms, `<channel>.<locale>.<ending>`, by file name. */
  readonly files: Readonly<Record<string, string>>
  /** The files of `partials/`, by file name. */
  readonly partials?: Readonly<Record<string, string>>
  readonly brand: Brand
  /** The names of the brand folder's small tables. */
  readonly tables?: readonly string[]
}

export type Compilation =
  | {
      readonly ok: true
      readonly message: CompiledMessage
      readonly warnings: readonly Problem[]
      /** What it takes of `entry` and `saved` without a default. */
      readonly variables: readonly string[]
    }
  | { readonly ok: false; readonly problems: readonly Problem[] }

/** Well below what one row of the table can hold. */
const MOST_BYTES = 300 * 1024

/** Everything that can be known about a message before it is sent: either all of it is right, or nothing is published. */
export async function compileMessage(source: MessageSource): Promise<Compilation> {
  const { name, files, partials = {}, brand, tables = [] } = source
  const document = readHead(source)
  if (!document.ok) return document
  const { message, purpose, trackLinks } = document.document
  const isMarketing = purpose === undefined || brand.purposes[purpose]?.needsConsent !== false
  const forms = Object.entries(files).filter(([file]) => file !== 'message.yaml')
  const readings = await Promise.all(
    forms.map(([file, text]) => readForm({ file: pathOf(name, file), text, isMarketing }, partials, { brand, tables })),
  )
  const problems = readings.flatMap((reading) => ('problems' in reading ? reading.problems : []))
  if (problems.length > 0) return { ok: false, problems }
  const read = readings.filter((reading) => 'form' in reading)
  const channels = groupForms(read)
  const file = pathOf(name, 'message.yaml')
  const content = { message, ...(purpose === undefined ? {} : { purpose }), trackLinks, channels }
  const mistake = sizeProblem(file, content)
  if (mistake !== undefined) return { ok: false, problems: [mistake] }
  return {
    ok: true,
    message: withVersion(content),
    warnings: [
      ...read.flatMap(({ warnings }) => warnings),
      ...fallbacks(pathOf(name, anyFile(files)), channels, brand),
    ],
    variables: [...new Set(read.flatMap(({ variables }) => variables))],
  }
}

/** The document, or, where there is none, the first of the forms. */
function anyFile(files: MessageSource['files']): string {
  return 'message.yaml' in files ? 'message.yaml' : (Object.keys(files).sort()[0] ?? '')
}

/** Customers who read a locale that a channel has no form in get another; it is better to know. */
function fallbacks(file: string, written: CompiledMessage['channels'], { locales }: Brand): readonly Problem[] {
  return Object.entries(written).flatMap(([channel, forms]) => {
    const available = Object.keys(forms)
    const missing = locales.filter((locale) => !available.includes(locale))
    const instead = Map.groupBy(missing, (locale) => chooseLocale(locale, available, locales) ?? '')
    return [...instead].map(([other, these]): Problem => {
      const message = `No ${channel} in ${these.join(', ')}: customers who read that get it in ${other}.`
      return { ...fileProblem(file, message, `Add ${channel}.${these[0]}.…, if they should not.`), severity: 'warning' }
    })
  })
}

/** A message without `message.yaml` is one about which there is nothing to say. */
function readHead({ name, files, brand }: MessageSource): Reading<MessageDocument> {
  const text = files['message.yaml'] ?? `message: ${name}`
  const reading = readDocument(pathOf(name, 'message.yaml'), text, MessageDocument)
  if (!reading.ok) return reading
  const { message, purpose } = reading.document
  const problems: Problem[] = []
  if (message !== name)
    problems.push(
      reading.source.problemAt(['message'], 'This is not the name of its folder.', `Write "message: ${name}".`),
    )
  if (purpose !== undefined && !Object.hasOwn(brand.purposes, purpose))
    problems.push(reading.source.problemAt(['purpose'], `brand.yaml has no purpose "${purpose}".`))
  return problems.length > 0 ? { ok: false, problems } : reading
}

/** In the order of their names, whatever order the files came in: the version depends on it. */
function groupForms(forms: readonly ReadForm[]): CompiledMessage['channels'] {
  const channels: Record<string, Record<string, Form>> = {}
  for (const { channel, locale, form } of forms.toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1)))
    channels[channel] = { ...channels[channel], [locale]: form }
  return channels
}

function nameOf({ channel, locale }: ReadForm): string {
  return `${channel}.${locale}`
}

function sizeProblem(file: string, content: Pick<CompiledMessage, 'channels'>): Problem | undefined {
  if (Object.keys(content.channels).length === 0)
    return fileProblem(file, 'This message has no form yet.', `Add ${exampleNames().join(' or ')}.`)
  const size = Buffer.byteLength(JSON.stringify(content))
  if (size <= MOST_BYTES) return undefined
  const sizes = `All forms together are ${Math.ceil(size / 1024)} KB, more than ${MOST_BYTES / 1024} KB.`
  return fileProblem(file, sizes, 'Shorten it, or make two messages of it.')
}

function withVersion(content: Omit<CompiledMessage, 'version'>): CompiledMessage {
  const version = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22)
  return { ...content, version }
}

function pathOf(name: string, fileName: string): string {
  return `messages/${name}/${fileName}`
}
