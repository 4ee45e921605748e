import type { Metafile } from 'esbuild'
import type { Manifest } from '#functions/kit/manifest.ts'
import { entryOf } from './bundle.ts'

/** What Lambda reads of a function's code, in bytes; what is only read on demand, such as MJML, is not counted. */
export interface BundleSize {
  readonly name: string
  /** The handler with everything that it imports. */
  readonly handler: number
  /** That, and the world with the doors that its manifest opens: all that the first event waits for. */
  readonly whole: number
}

export function bundleSizeOf({ outputs }: Metafile, { name, may }: Manifest): BundleSize {
  const handler = reach(outputs, [outputOf(outputs, entryOf(name))])
  const doors = [...new Set(may.map(doorOf))].map((door) => `functions/aws/doors/${door}.ts`)
  const whole = reach(outputs, [...handler, ...['functions/aws/world.ts', ...doors].map((at) => outputOf(outputs, at))])
  return { name, handler: bytesOf(outputs, handler), whole: bytesOf(outputs, whole) }
}

/** The file in the bundle that a source file became, where it is imported on demand, or an entry. */
function outputOf(outputs: Metafile['outputs'], source: string): string {
  const found = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === source)
  if (found === undefined) throw new Error(`The bundle has no file of its own for ${source}.`)
  return found[0]
}

/** `send:email` opens `email`, `table:read` opens `table`. */
function doorOf(permission: string): string {
  const [subject = '', rest = ''] = permission.split(':')
  return subject === 'send' ? rest : subject
}

/** The files and all that they import at once. */
function reach(outputs: Metafile['outputs'], from: Iterable<string>): ReadonlySet<string> {
  const reached = new Set(from)
  for (const file of reached)
    for (const { path, kind, external } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && external !== true) reached.add(path)
  return reached
}

function bytesOf(outputs: Metafile['outputs'], files: ReadonlySet<string>): number {
  return [...files].reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0)
}
