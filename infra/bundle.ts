import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type BuildOptions, build } from 'esbuild'
import { catalog } from '#functions/catalog.ts'

const ROOT = join(import.meta.dirname, '..')
const OUT = join(ROOT, 'dist/functions')

const OPTIONS = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // What a function may never need, such as MJML, is a file of its own and read when it is needed.
  splitting: true,
  outExtension: { '.js': '.mjs' },
  mainFields: ['module', 'main'],
  minify: true,
  keepNames: true,
  sourcemap: true,
  sourcesContent: false,
  // For CommonJS packages in an ESM bundle.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
} satisfies BuildOptions

/** Where the code of a function is after `bundleFunctions`; its handler is `handler.handler`. */
export function bundleOf(name: string): string {
  return join(OUT, name)
}

/** Bundles every function of the catalog with all that it needs, for Lambda's Node 24. */
export async function bundleFunctions(): Promise<void> {
  await rm(OUT, { recursive: true, force: true })
  await Promise.all(
    catalog.map(({ name }) => build({ ...OPTIONS, entryPoints: [`functions/${name}/handler.ts`], outdir: bundleOf(name) })),
  )
}
