import * as z from 'zod'
import type { Form } from '../channels/channel.ts'
import { name, text, yesNo } from '../documents/fields.ts'

/** `messages/<name>/message.yaml`: what holds for all forms of the message. */
export const MessageDocument = z
  .strictObject({
    message: name,
    description: text.optional(),
    /** Why we send it; without one it is held to the rules of marketing. */
    purpose: name.optional(),
    'track links': yesNo.default(true),
  })
  .transform(({ 'track links': trackLinks, ...document }) => ({ ...document, trackLinks }))

export type MessageDocument = z.output<typeof MessageDocument>

/** A message as published: plain JSON, everything a send needs, nothing to look up. */
export interface CompiledMessage {
  readonly message: string
  /** A hash of the content: the same content has the same version. */
  readonly version: string
  readonly purpose?: string
  readonly trackLinks: boolean
  /** By channel, then by locale. */
  readonly channels: Readonly<Record<string, Readonly<Record<string, Form>>>>
}
