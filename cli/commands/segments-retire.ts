import type { Command } from 'commander'
import { connect } from '../client.ts'
import { exampleOf } from '../output.ts'

export function segmentsRetire(segments: Command): void {
  segments
    .command('retire')
    .description('take a segment off: nobody is in it any more')
    .argument('<name>')
    .addHelpText('after', exampleOf('segments retire lapsed'))
    .action(async (name: string, _: unknown, command: Command) => {
      await connect(command).post(`/v1/segments/${encodeURIComponent(name)}/retire`)
      console.log(`${name} is retired. Publishing it again brings it back.`)
    })
}
