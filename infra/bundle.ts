import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build } from 'esbuild'
import { catalog } from '#functions/catalog.ts'

const ROOT = join(import.meta.dirname, '..')

/** The code of all functions after `bundleFunctions`: each in a folder of its name, what they share beside these. */
export const BUNDLE = join(ROOT, 'dist/functions')

/** Where Lambda finds a function of the catalog in the bundle. */
export function handlerOf(name: string): string {
  return `${name}/handler.handler`
}

/**
 * Bundles all functions with everything they need, for Lambda's Node 24, in one go: what several share is built and
 * deployed once, and what is imported on demand, such as MJML, is read on demand.
 */
export async function bundleFunctions(): Promise<void> {
  await rm(BUNDLE, { recursive: true, force: true })
  await build({
    absWorkingDir: ROOT,
    entryPoints: catalog.map(({ name }) => `functions/${name}/handler.ts`),
    outbase: 'functions',
    outdir: BUNDLE,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    // Names of errors are what machines match on.
    keepNames: true,
    sourcemap: true,
    sourcesContent: false,
    // CommonJS packages ask for it.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  })
}
