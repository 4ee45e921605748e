import * as z from 'zod'
import { readDocument } from '../../documents/document.ts'
import { text } from '../../documents/fields.ts'
import type { FormReader } from '../form.ts'

export const PushDocument = z.strictObject({
  title: text,
  body: text,
  link: text.optional(),
  data: z.record(z.string(), z.string()).default({}),
})

/** `push.<locale>.yaml`: title, body, and what a tap opens. */
export const pushForm: FormReader = {
  extension: 'yaml',
  read: ({ file, text: yaml }) => {
    const reading = readDocument(file, yaml, PushDocument)
    if (!reading.ok) return reading
    const { link, ...form } = reading.document
    return { ok: true, form: { ...form, ...(link === undefined ? {} : { link }) } }
  },
  lacking: () => [],
}
