import type { World } from '#shared/world/world.ts'

/** What no function needs a right to, and what is the same for all clients of AWS. */
export interface Outside extends Pick<World, 'http' | 'clock'> {
  /** Where AWS is, and who calls. In a function its SDK finds out both by itself. */
  readonly account?: {
    readonly endpoint: string
    readonly region: string
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string }
  }
}
