import { html } from 'hono/html'
import { whenOf } from './wall-time.ts'

/** When something was, on the clocks where she is. */
export function stamp(at: number, { zone, now }: { readonly zone: string; readonly now: number }) {
  return html`<time datetime="${new Date(at).toISOString()}">${whenOf(at, zone, now)}</time>`
}
