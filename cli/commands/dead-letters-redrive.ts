import type { Command } from 'commander'
import { type Client, connect } from '../client.ts'
import { exampleOf } from '../output.ts'
import { count } from '../problem-report.ts'
import type { DeadLetters } from './dead-letters-list.ts'

export function deadLettersRedrive(deadLetters: Command): void {
  deadLetters
    .command('redrive')
    .description('put a dead letter on the bus again; one that is still wrong comes back')
    .argument('[id]')
    .option('--all', 'each that there is')
    .addHelpText('after', exampleOf('dead-letters redrive --all'))
    .action(async (id: string | undefined, { all }: { all?: boolean }, command: Command) => {
      if ((id === undefined) === (all !== true))
        command.error('error: name a dead letter, or all of them with --all', { exitCode: 2 })
      const client = connect(command)
      const ids = id === undefined ? await listed(client) : [id]
      for (const one of ids) await client.post(`/v1/dead-letters/${encodeURIComponent(one)}/redrive`)
      console.log(`${count(ids.length, 'dead letter')} on the way again`)
    })
}

/** All of them are listed before the first is sent: one that is still wrong comes back as the newest. */
async function listed(client: Client): Promise<readonly string[]> {
  const ids: string[] = []
  let cursor: string | undefined
  do {
    const page: DeadLetters = await client.get(
      `/v1/dead-letters${cursor === undefined ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
    )
    ids.push(...page.deadLetters.map(({ id }) => id))
    cursor = page.cursor
  } while (cursor !== undefined)
  return ids
}
