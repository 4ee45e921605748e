import { userInfo } from 'node:os'
import { styleText } from 'node:util'
import { Option } from 'commander'
import type { Problem } from '#shared/documents/document.ts'
import { isNamed } from '#shared/errors/errors.ts'
import type { Files } from '#shared/journeys/folder/brand-folder.ts'
import type { PublishedDocument } from '#shared/journeys/versions/publish.ts'
import type { Client } from './client.ts'
import { outputWidth } from './output.ts'
import { count, countsOf } from './problem-report.ts'
import { hanging } from './wrap-text.ts'

export interface PublishFlags {
  readonly by: string
  readonly force?: boolean
}

/** What the system says of a folder that it took. */
export interface Published {
  readonly published: readonly PublishedDocument[]
  readonly remarks: readonly string[]
  readonly warnings: readonly Problem[]
}

export function publishOptions(): readonly Option[] {
  return [
    // Whoever pushed is worth more to know than the machine that runs this for him.
    new Option('--by <who>', 'who publishes').default(process.env.GITHUB_ACTOR ?? userInfo().username),
    new Option('--force', 'also over what was edited in the console since'),
  ]
}

/** How often a folder is sent that takes longer than one request may. */
const TRIES = 5

/**
 * Publishes all of a folder, or nothing of what is wrong. A large one may take several requests: what one has published
 * stays, and the next goes on.
 * @throws Refusal
 */
export async function publishFolder(
  client: Client,
  files: Files,
  { by, force = false }: PublishFlags,
): Promise<Published> {
  for (let tries = 1; ; tries++) {
    try {
      return await client.post<Published>('/v1/brand', { files, by, from: 'folder', force })
    } catch (error) {
      if (!(isNamed(error, 'Unavailable') && error.code === 'system.too-slow' && tries < TRIES)) throw error
    }
  }
}

export function publishedText({ published, remarks, warnings }: Published): string {
  const changed = published.filter((document) => document.changed)
  const same = published.length - changed.length
  const lines = changed.map(
    ({ kind, name, version }) =>
      `${styleText('green', '✓')} ${kind === 'brand' ? kind : `${kind} ${name}`}  version ${version}`,
  )
  return [
    ...lines,
    `${count(changed.length, 'document')} published${same === 0 ? '' : `, ${same} as they were`}`,
    ...(warnings.length === 0
      ? []
      : [`${styleText('yellow', '!')} ${countsOf(warnings)}: "throughline check" tells them`]),
    ...remarks.flatMap((remark) => hanging(`${styleText('yellow', '!')} `, remark, outputWidth())),
  ].join('\n')
}
