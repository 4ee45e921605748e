import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { messageOf } from '#shared/errors/errors.ts'
import { Compiler } from './compiler.ts'
import { openFolder } from './open-folder.ts'
import { DEFAULT_DATA, HELP, type Options, readOptions } from './options.ts'
import { publishFolder } from './publish-folder.ts'
import { listen } from './server.ts'
import { smtpProvider } from './smtp-provider.ts'
import { introduce, type Persona } from './story/persona.ts'
import { story } from './story/story.ts'
import { System } from './system.ts'

/** Starts the whole system in this process and says where to look. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if (options.help) {
    console.log(HELP)
    return
  }
  openFolder(options.data)
  const publicUrl = `http://127.0.0.1:${options.port}`
  const compiler = new Compiler()
  const system = new System({ folder: options.data, publicUrl, providers: providersOf(options), compiler })
  const persona = options.isDemo ? readPersona(options) : undefined
  await publishBrand(system, compiler, options)
  const server = await listen(system, options.port, story(system, persona), (files) => compiler.readFolder(files))
  system.start()
  if (persona !== undefined) await introduce(system, persona)
  console.log(greeting(options, server.port))
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      void server
        .close()
        .then(() => system.stop())
        .then(() => process.exit(0))
    })
}

function providersOf({ smtpUrl }: Options) {
  return smtpUrl === undefined ? {} : { email: smtpProvider({ url: smtpUrl }) }
}

async function publishBrand(system: System, compiler: Compiler, { brand }: Options): Promise<void> {
  if (brand === undefined) return
  const problems = await publishFolder(system.world, compiler, brand)
  if (problems.length > 0)
    console.error(`The brand folder has problems, so what was published before stays:\n${problems.join('\n')}`)
}

function readPersona({ brand = '' }: Options): Persona {
  return JSON.parse(readFileSync(join(brand, 'people', 'ada.json'), 'utf8')) as Persona
}

function greeting({ data, isDemo, port: wanted }: Options, port: number): string {
  const flag = `${wanted === 4700 ? '' : ` --port ${port}`}${data === DEFAULT_DATA ? '' : ` --data ${data}`}`
  return [
    `Throughline is running.`,
    ``,
    `  ${isDemo ? 'Ada’s story' : 'Start page '}   http://127.0.0.1:${port}/`,
    `  Send an event  npx throughline events send --type product.viewed --user ada${flag}`,
    `  See the thread npx throughline customers show ada${flag}`,
    `  Token          ${join(data, 'token')} (for the HTTP API)`,
    ``,
    `Stop with Ctrl-C; everything is kept in ${data}.`,
  ].join('\n')
}

main().catch((error: unknown) => {
  console.error(messageOf(error))
  process.exit(1)
})
