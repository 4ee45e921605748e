import { userInfo } from 'node:os'
import { styleText } from 'node:util'
import type { Command } from 'commander'
import type { Steered, Steering } from '#shared/journeys/versions/steer.ts'
import { connect } from '../client.ts'
import { exampleOf, jsonOption, show } from '../output.ts'

export const journeysPause = command('pause', 'hold everybody in a journey at the next step, until it is resumed', {
  done: 'is paused: everybody in it is held at her next step; waits go on',
  already: 'was paused already',
})

export const journeysResume = command('resume', 'let a journey go on that was paused or retired', {
  done: 'is live again: those who were held go on, and it takes customers',
  already: 'was live already',
})

export const journeysRetire = command('retire', 'let those in a journey finish, and take nobody new', {
  done: 'is retired: it takes nobody new, and those inside finish',
  already: 'was retired already',
})

type Answer = Steered & { readonly name: string }

function command(steering: Steering, description: string, words: { readonly done: string; readonly already: string }) {
  return (journeys: Command): void => {
    journeys
      .command(steering)
      .description(description)
      .argument('<name>')
      .option('--by <who>', 'who says so, as "journeys list" shows it', userInfo().username)
      .addOption(jsonOption())
      .addHelpText('after', exampleOf(`journeys ${steering} abandoned-order`))
      .action(async (name: string, { by, ...flags }: { by: string; json?: boolean }, self: Command) => {
        const path = `/v1/journeys/${encodeURIComponent(name)}/${steering}`
        const answer = await connect(self).post<Answer>(path, { by })
        show(answer, flags, ({ changed }) =>
          changed ? `${styleText('green', '✓')} ${name} ${words.done}` : `${name} ${words.already}`,
        )
      })
  }
}
