import type { Brand } from '../brand/brand.ts'
import type { Problem } from '../documents/document.ts'
import type { Form } from './channel.ts'
import type { SourceText } from './source-text.ts'

export type FormReading =
  | { readonly ok: true; readonly form: Form }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export interface FormContext {
  readonly brand: Brand
  readonly locale: string
}

/** How a channel reads a file of a message, when it is published. Nothing on the way of a send imports it. */
export interface FormReader {
  /** What comes after the locale in the file's name. */
  readonly extension: string
  /** The texts of the file, with Liquid as it was written. */
  read(source: SourceText, context: FormContext): FormReading | Promise<FormReading>
  /** What the law asks of a form that is sent for a purpose that needs consent. */
  lacking(form: Form, context: FormContext): readonly { readonly message: string; readonly fix: string }[]
  /** What is better done otherwise, but may be published. */
  advice?(
    form: Form,
    context: FormContext & { readonly isMarketing: boolean },
  ): readonly { readonly message: string; readonly fix: string }[]
}
