import type { Brand } from '../brand/brand.ts'
import type { Outgoing } from '../world/provider.ts'
import type { ChannelName } from './senders.ts'

/** Where one customer can be reached; of several addresses of a kind, the one she used last. */
export interface Recipient {
  readonly email?: string | undefined
  readonly phone?: string | undefined
  readonly device?: {
    readonly id: string
    readonly platform?: 'ios' | 'android' | 'web' | undefined
    readonly pushToken: string
  }
}

/** The texts of a message on one channel in one locale: Liquid before it is rendered, plain afterwards. */
export type Form = Readonly<Record<string, string | Readonly<Record<string, string>>>>

/** What values become when they are put into a text: escaped in `html`, kept on one line in `line`. */
export type TextKind = 'html' | 'line' | 'text'

export interface Material {
  readonly rendered: Form
  readonly brand: Brand
  readonly links: { readonly unsubscribe?: string | undefined }
}

/** A way to reach a customer. It answers every question about itself; nobody else asks which channel it is. */
export interface Channel {
  readonly name: ChannelName
  /** Undefined when she cannot be reached here. */
  address(recipient: Recipient): string | undefined
  /** Per text of its form; a text that is not named is plain text. */
  readonly kinds: Readonly<Record<string, TextKind>>
  /** What its providers take. @throws Misconfigured when the brand has no sender for it. */
  compose(material: Material): Outgoing['content']
  /** `too-long` when no provider would take this content. */
  limit(content: Outgoing['content']): 'too-long' | undefined
}
