import { dispatchMessage } from '../../../dispatches/dispatch-message.ts'
import type { DispatchRequest, DispatchWorld } from '../../../dispatches/dispatch-request.ts'
import { Impossible } from '../../../errors/errors.ts'
import type { Journey } from '../../journey.ts'
import { enrolmentKey, readEnrolment, runValues } from '../../runs/enrolment.ts'
import { withLast } from '../../runs/run-guard.ts'
import { journeyVersion } from '../../versions/live.ts'
import { findStep } from '../find-step.ts'
import type { SendStep } from './send.ts'
import { admit, dispatchId, type SendInput, settle, settleLast } from './send-run.ts'
import { conclude, hasReacted, type SendOutcome, tryNext } from './try-next.ts'

/** The task of a `send` step. */
export async function sendMessage(input: SendInput, world: DispatchWorld): Promise<SendOutcome> {
  const { content } = await journeyVersion(world, input.journey, input.version)
  const step = findStep<SendStep>(content.document.steps, input.step)
  const item = await world.table.get(enrolmentKey(input.customer, input.enrolment))
  if (item === undefined)
    throw new Impossible('run.no-enrolment', 'A machine runs for an enrolment that is not stored.')
  const { tries = 0, left, firstSeen } = input
  if (step.tryNext !== undefined && tries > 0 && (await hasReacted(world, input, step.tryNext.unless)))
    return conclude(world, input)
  const request = requestFor(world, input, { step, document: content.document, run: runValues(readEnrolment(item)) })
  const outcome = await dispatchMessage(world, request)
  if (outcome.outcome === 'hold')
    return tries === 0 ? outcome : { ...outcome, again: { ...outcome.again, tries, left, firstSeen } }
  if (step.tryNext === undefined) return { outcome: outcome.outcome, seen: outcome.seen }
  if (outcome.outcome === 'skipped') return tries === 0 ? outcome : { outcome: 'sent', seen: firstSeen ?? outcome.seen }
  return tryNext(world, input, { ...request, ...outcome, after: step.tryNext.after })
}

interface Doing {
  readonly step: SendStep
  readonly document: Pick<Journey, 'purpose' | 'priority'>
  readonly run: DispatchRequest['run']
}

/** What a `send` step asks for, in the run that the input names. */
export function requestFor(world: DispatchWorld, input: SendInput, { step, document, run }: Doing): DispatchRequest {
  const { customer, journey, version, enrolment, tries = 0 } = input
  const now = (): number => world.clock.now()
  return {
    id: dispatchId(input, tries),
    customer,
    labels: { journey, journeyVersion: version, enrolment, run: input.run, step: input.step },
    message: step.message,
    purpose: step.purpose ?? document.purpose,
    channels: input.left ?? step.by ?? step.choose,
    priority: document.priority,
    atHerHour: step.atHerHour === true && tries === 0,
    deadline: step.deadline,
    again: againOf(input),
    run,
    admit: (profile) => admit(profile, input),
    claimed: (profile) => (step.tryNext === undefined ? withLast(profile, input, { at: now() }) : profile),
    settle: (profile, sent) => {
      // What may go out once more has not come to its end; and what went out before was sent, whatever comes now.
      if (step.tryNext !== undefined && sent) return undefined
      return tries > 0 ? settleLast(now(), profile, input) : settle(now(), profile, input, sent)
    },
  }
}

function againOf({ holds, deadlineAt, because }: SendInput): DispatchRequest['again'] {
  return holds === undefined || deadlineAt === undefined ? undefined : { holds, deadlineAt, because }
}
