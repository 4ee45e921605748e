import * as z from 'zod'
import type { Reason } from '../../../decisions/decision.ts'
import { dispatchMessage } from '../../../dispatches/dispatch-message.ts'
import type {
  DispatchOutcome,
  DispatchRequest,
  DispatchWorld,
  Settlement,
} from '../../../dispatches/dispatch-request.ts'
import { Impossible } from '../../../errors/errors.ts'
import type { Profile } from '../../../profiles/profile.ts'
import { endEnrolment, enrolmentKey, readEnrolment } from '../../enrolment.ts'
import { journeyVersion } from '../../live.ts'
import { stableId, TaskInput } from '../../run.ts'
import { openRun, withoutRun, withoutWait } from '../../run-guard.ts'
import { findStep } from '../find-step.ts'
import type { SendStep } from './send.ts'

/** Why it was held before; as we wrote it ourselves. */
const HeldReason = z.custom<Reason>((value) => typeof value === 'object' && value !== null)

export const SendInput = TaskInput.extend({
  holds: z.number().int().optional(),
  deadlineAt: z.number().optional(),
  because: z.array(HeldReason).optional(),
  /** Whether the run ends with this message: when it was sent, and when it was not. */
  ends: z.object({ sent: z.boolean(), notSent: z.boolean() }).optional(),
})

type SendInput = z.infer<typeof SendInput>

/** The task of a `send` step. */
export async function sendMessage(input: SendInput, world: DispatchWorld): Promise<DispatchOutcome> {
  const { content } = await journeyVersion(world, input.journey, input.version)
  const step = findStep<SendStep>(content.document.steps, input.step)
  const item = await world.table.get(enrolmentKey(input.customer, input.enrolment))
  if (item === undefined)
    throw new Impossible('run.no-enrolment', 'A machine runs for an enrolment that is not stored.')
  return dispatchMessage(world, {
    id: stableId('dispatch', input.enrolment, input.run, input.step),
    customer: input.customer,
    labels: {
      journey: input.journey,
      journeyVersion: input.version,
      enrolment: input.enrolment,
      run: input.run,
      step: input.step,
    },
    message: step.message,
    purpose: step.purpose ?? content.document.purpose,
    channels: step.by,
    deadline: step.deadline,
    again: againOf(input),
    entry: { ...readEnrolment(item).entry.properties },
    admit: (profile) => admit(profile, input),
    settle: (profile, sent) => settle(world.clock.now(), profile, input, sent),
  })
}

function againOf({ holds, deadlineAt, because }: SendInput): DispatchRequest['again'] {
  return holds === undefined || deadlineAt === undefined ? undefined : { holds, deadlineAt, because }
}

function admit(profile: Profile | undefined, input: SendInput): Profile {
  openRun(profile, input)
  if (profile === undefined) throw new Impossible('run.no-profile', 'An open run has no profile.')
  return withoutWait(profile, input.enrolment)
}

/** Nothing when the run goes on, or has been ended by somebody else while the message was on its way. */
function settle(
  endedAt: number,
  profile: Profile,
  { ends, enrolment, customer, run }: SendInput,
  sent: boolean,
): Settlement | undefined {
  if (ends === undefined || !(sent ? ends.sent : ends.notSent) || profile.runs[enrolment]?.run !== run) return undefined
  const reason = sent ? 'completed' : 'not-sent'
  return {
    profile: withoutRun(profile, enrolment),
    writes: [endEnrolment(enrolmentKey(customer, enrolment), { reason, endedAt })],
  }
}
