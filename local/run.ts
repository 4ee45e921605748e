import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Files } from '#shared/journeys/folder/brand-folder.ts'
import type { Compiler } from './compiler.ts'
import { indexCustomers } from './index-customers.ts'
import { DEFAULT_DATA, type Options } from './options.ts'
import { publishFolder } from './publish-folder.ts'
import { listen } from './server.ts'
import { smtpProvider } from './smtp-provider.ts'
import { introduce, type Persona } from './story/persona.ts'
import { story } from './story/story.ts'
import { System } from './system.ts'

/** Opens the data, publishes the brand, and serves until the process is told to stop. */
export async function run(options: Options, compiler: Compiler, files: Files | undefined): Promise<void> {
  const publicUrl = `http://127.0.0.1:${options.port}`
  const system = new System({
    folder: options.data,
    publicUrl,
    providers: providersOf(options),
    localWebhooks: options.localWebhooks,
  })
  const persona = options.isDemo ? readPersona(options) : undefined
  const page = story(system, persona)
  let isReady = false
  const readFolder = (given: Files) => compiler.readFolder(given)
  const server = await listen(system, options.port, { page, readFolder, isReady: () => isReady })
  await indexCustomers(system.world.table)
  if (files !== undefined) await publishBrand(system, compiler, files)
  system.start()
  if (persona !== undefined) await introduce(system, persona)
  isReady = true
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

async function publishBrand(system: System, compiler: Compiler, files: Files): Promise<void> {
  const problems = await publishFolder(system.world, compiler, files)
  if (problems.length > 0)
    console.error(`The brand folder has problems, so what was published before stays:\n${problems.join('\n')}`)
}

function readPersona({ brand = '' }: Options): Persona {
  return JSON.parse(readFileSync(join(brand, 'people', 'ada.json'), 'utf8')) as Persona
}

function greeting({ data, isDemo, port: wanted }: Options, port: number): string {
  const flag = `${wanted === 4700 ? '' : ` --port ${port}`}${data === DEFAULT_DATA ? '' : ` --data ${data}`}`
  return [
    'Throughline is running.',
    '',
    `  ${isDemo ? 'Ada’s story   ' : 'Start page    '}  http://127.0.0.1:${port}/`,
    `  Console         http://127.0.0.1:${port}/console/`,
    `  Send an event   npx throughline events send --type product.viewed --user ada${flag}`,
    `  See the thread  npx throughline customers show ada${flag}`,
    `  Token           ${join(data, 'token')} (for the HTTP API)`,
    '',
    `Stop with Ctrl-C; everything is kept in ${data}.`,
  ].join('\n')
}
