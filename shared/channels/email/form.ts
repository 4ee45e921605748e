import type { Form } from '../channel.ts'
import type { FormContext, FormReader, FormReading } from '../form.ts'
import type { SourceText } from '../source-text.ts'
import { EmailForm } from './email.ts'
import { readHead } from './head.ts'
import { compileMjml } from './mjml.ts'
import { textPartOf } from './text-part.ts'

/** `email.<locale>.mjml`: subject and preheader at the top, then MJML. */
export const emailForm: FormReader = { extension: 'mjml', read: readEmail, lacking }

async function readEmail(source: SourceText, { brand, locale }: FormContext): Promise<FormReading> {
  const reading = readHead(source)
  if (!reading.ok) return reading
  const { subject, preheader } = reading.head
  const compiled = await compileMjml(reading.layout, { title: brand.name, preview: preheader, locale })
  if (!compiled.ok) return compiled
  return { ok: true, form: { subject, preheader, html: compiled.html, text: textPartOf(compiled.html) } }
}

/** CAN-SPAM and RFC 8058: a way out, and who we are. */
function lacking(form: Form, { brand }: FormContext) {
  const { html } = EmailForm.parse(form)
  const wayOut = {
    message: 'An email that needs consent has a link to unsubscribe.',
    fix: 'Add <a href="{{ links.unsubscribe }}">…</a>, in the footer of partials/ best of all.',
  }
  const address = {
    message: 'An email that needs consent shows our postal address.',
    fix: 'Add {{ brand.legal.address }}, in the footer of partials/ best of all.',
  }
  const shown = /\{\{-?\s*brand\.legal\.address\b/.test(html) || html.includes(brand.legal.address)
  return [...(/\{\{-?\s*links\.unsubscribe\b/.test(html) ? [] : [wayOut]), ...(shown ? [] : [address])]
}
