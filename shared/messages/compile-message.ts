import { createHash } from 'node:crypto'
import type { Brand } from '../brand/brand.ts'
import type { Form } from '../channels/channel.ts'
import { type Problem, type Reading, readDocument } from '../documents/document.ts'
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
  | { readonly ok: true; readonly message: CompiledMessage }
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
  const channels = groupForms(readings.filter((reading) => 'form' in reading))
  return finish(pathOf(name, 'message.yaml'), {
    message,
    ...(purpose === undefined ? {} : { purpose }),
    trackLinks,
    channels,
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

function finish(file: string, content: Omit<CompiledMessage, 'version'>): Compilation {
  if (Object.keys(content.channels).length === 0) {
    const problem = fileProblem(file, 'This message has no form yet.', `Add ${exampleNames().join(' or ')}.`)
    return { ok: false, problems: [problem] }
  }
  const json = JSON.stringify(content)
  const size = Buffer.byteLength(json)
  if (size > MOST_BYTES) {
    const sizes = `All forms together are ${Math.ceil(size / 1024)} KB, more than ${MOST_BYTES / 1024} KB.`
    return { ok: false, problems: [fileProblem(file, sizes, 'Shorten it, or make two messages of it.')] }
  }
  const version = createHash('sha256').update(json).digest('base64url').slice(0, 22)
  return { ok: true, message: { ...content, version } }
}

function pathOf(name: string, fileName: string): string {
  return `messages/${name}/${fileName}`
}
