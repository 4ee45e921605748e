import { styleText } from 'node:util'
import type { Command } from 'commander'
import type { SegmentReason } from '#shared/insights/segments.ts'
import type { IdentifierKind } from '#shared/touchpoints/identifiers.ts'
import { connect } from '../client.ts'
import { explanationLines } from '../explanation-lines.ts'
import { findCustomer } from '../find-customer.ts'
import { moment } from '../moment.ts'
import { exampleOf, jsonOption, show } from '../output.ts'

interface Flags {
  readonly kind?: IdentifierKind
  readonly json?: boolean
}

export function segmentsWhy(segments: Command): void {
  segments
    .command('why')
    .description('say why a customer is in a segment or is not, line by line')
    .argument('<name>', 'the segment')
    .argument('<customer>', 'email address, phone number, user id, loyalty card, …')
    .option('--kind <kind>', 'what that is, as in userId, loyaltyCard, email; guessed otherwise')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('segments why lapsed ada@example.org'))
    .action(async (name: string, customer: string, flags: Flags, command: Command) => {
      const tail = `/segments/${encodeURIComponent(name)}`
      show(await findCustomer<SegmentReason>(connect(command), customer, flags.kind, tail), flags, reasonText)
    })
}

function reasonText({ segment, isMember, since, looksAgainAt, explanation }: SegmentReason): string {
  const is = isMember ? `in ${segment} since ${moment(since ?? '')}` : `not in ${segment}`
  const later = looksAgainAt === undefined ? [] : [styleText('dim', `Looked at again at ${moment(looksAgainAt)}.`)]
  const isBehind = explanation.held !== isMember
  const behind = isBehind ? [styleText('yellow', 'This is about to change: she has not been asked yet.')] : []
  return [styleText('bold', `She is ${is}.`), ...explanationLines(explanation), ...behind, ...later].join('\n')
}
