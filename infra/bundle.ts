import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { build, type Metafile, type Plugin } from 'esbuild'
import { catalog } from '#functions/catalog.ts'
import { shortPhoneMetadata } from './short-phone-metadata.ts'

const ROOT = join(import.meta.dirname, '..')

/** The code of all functions after `bundleFunctions`: each in a folder of its name, what they share beside these. */
export const BUNDLE = join(ROOT, 'dist/functions')

/** Where Lambda finds a function of the catalog in the bundle. */
export function handlerOf(name: string): string {
  return `${name}/handler.handler`
}

/** Where Lambda finds what is done when the stack is deleted. */
export const ON_DELETE = 'on-delete/handler.handler'

/** What Lambda loads of a function. */
export function entryOf(name: string): string {
  return `on-lambda:${name}`
}

/**
 * A handler that is loaded with its world already made, which is most of a cold start: then Lambda gives a whole
 * processor, as people have measured, and afterwards as much of one as the memory buys. What fails is told by the first
 * event.
 */
const entries: Plugin = {
  name: 'entries',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^on-lambda:/ }, ({ path }) => ({
      path: path.replace('on-lambda:', ''),
      namespace: 'on-lambda',
    }))
    onLoad({ filter: /./, namespace: 'on-lambda' }, ({ path: name }) => ({
      resolveDir: ROOT,
      contents: `
        import { worldOf } from '#functions/kit/context.ts'
        import { manifest } from '#functions/${name}/manifest.ts'
        export { handler } from '#functions/${name}/handler.ts'
        await worldOf(undefined, manifest).catch(() => {})
      `,
    }))
  },
}

/**
 * Bundles all functions with everything they need, for Lambda's Node 24, in one go: what several share is built and
 * deployed once, and what is imported on demand, such as MJML, is read on demand.
 */
export async function bundleFunctions(folder = BUNDLE): Promise<Metafile> {
  await rm(folder, { recursive: true, force: true })
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: {
      ...Object.fromEntries(catalog.map(({ name }) => [`${name}/handler`, entryOf(name)])),
      'on-delete/handler': 'infra/on-delete/handler.ts',
    },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    metafile: true,
    plugins: [entries, shortPhoneMetadata],
    sourcemap: true,
    sourcesContent: false,
    // CommonJS packages ask for it.
    banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  })
  return metafile
}
