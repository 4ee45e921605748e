import { awaitStep } from './await/await.ts'
import { branchStep } from './branch/branch.ts'
import { emitStep } from './emit/emit.ts'
import { exitStep } from './exit/exit.ts'
import { handOverStep } from './hand-over/hand-over.ts'
import { ifStep } from './if/if.ts'
import { repeatStep } from './repeat/repeat.ts'
import { sendStep } from './send/send.ts'
import { splitStep } from './split/split.ts'
import { startStep } from './start/start.ts'
import type { Path, StepBase, StepKind } from './step-kind.ts'
import { updateStep } from './update/update.ts'
import { waitStep } from './wait/wait.ts'
import { waitUntilStep } from './wait-until/wait-until.ts'
import { webhookStep } from './webhook/webhook.ts'

export const stepKinds = {
  send: sendStep,
  wait: waitStep,
  'wait until': waitUntilStep,
  await: awaitStep,
  if: ifStep,
  branch: branchStep,
  split: splitStep,
  repeat: repeatStep,
  update: updateStep,
  emit: emitStep,
  start: startStep,
  webhook: webhookStep,
  'hand over': handOverStep,
  exit: exitStep,
} as const

/** The kind of a step that was read from a document. */
export function kindOf(step: StepBase): StepKind {
  // A step's `kind` is the key it was read by, so the kind found takes exactly this step.
  return stepKinds[step.kind as keyof typeof stepKinds] as unknown as StepKind
}

/** The paths of a step, and the one that its failure takes, where steps stand there. */
export function pathsOf(step: StepBase): readonly Path[] {
  const { ifItFails } = step
  const failure = typeof ifItFails === 'string' ? [] : [{ name: 'if it fails', at: ['if it fails'], steps: ifItFails }]
  return [...kindOf(step).paths(step), ...failure]
}
