import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '#shared/errors/errors.ts'
import { readBrandFiles } from './brand-files.ts'
import { Compiler } from './compiler.ts'
import { openFolder } from './open-folder.ts'
import { HELP, readOptions } from './options.ts'

/** Starts the whole system in this process and says where to look. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if (options.help) {
    console.log(HELP)
    return
  }
  openFolder(options.data)
  const compiler = new Compiler()
  const files = options.brand === undefined ? undefined : readBrandFiles(options.brand)
  // The first time, the brand is compiled on one processor while the system is loaded on the other.
  if (files !== undefined && !existsSync(join(options.data, 'throughline.db'))) compiler.begin(files)
  const { run } = await import('./run.ts')
  await run(options, compiler, files)
}

main().catch((error: unknown) => {
  console.error(messageOf(error))
  process.exit(1)
})
