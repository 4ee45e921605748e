import { handler as awaitTouchpoint } from '#functions/await-touchpoint/handler.ts'
import { handler as callWebhook } from '#functions/call-webhook/handler.ts'
import { handler as countChanges } from '#functions/count-changes/handler.ts'
import { manifest as countChangesManifest } from '#functions/count-changes/manifest.ts'
import { handler as decideBranch } from '#functions/decide-branch/handler.ts'
import { handler as emitTouchpoint } from '#functions/emit-touchpoint/handler.ts'
import { handler as endRun } from '#functions/end-run/handler.ts'
import { handler as findInstant } from '#functions/find-instant/handler.ts'
import { handler as handOver } from '#functions/hand-over/handler.ts'
import type { WorldContext } from '#functions/kit/context.ts'
import { handler as parkRun } from '#functions/park-run/handler.ts'
import { handler as recordTouchpoints } from '#functions/record-touchpoints/handler.ts'
import { manifest as recordTouchpointsManifest } from '#functions/record-touchpoints/manifest.ts'
import { handler as sendMessage } from '#functions/send-message/handler.ts'
import { handler as sweepDue } from '#functions/sweep-due/handler.ts'
import { manifest as sweepDueManifest } from '#functions/sweep-due/manifest.ts'
import { handler as updateProfile } from '#functions/update-profile/handler.ts'
import type { Json } from '#shared/world/table.ts'

type Task = (input: unknown, context: WorldContext) => Promise<unknown>

/** What a machine may call, by the name it calls it by. */
const tasks: Readonly<Record<string, Task>> = {
  'send-message': sendMessage,
  'decide-branch': decideBranch,
  'await-touchpoint': awaitTouchpoint,
  'update-profile': updateProfile,
  'emit-touchpoint': emitTouchpoint,
  'find-instant': findInstant,
  'call-webhook': callWebhook,
  'hand-over': handOver,
  'end-run': endRun,
  'park-run': parkRun,
}

/** The same handlers that are deployed, as the embedded world calls them. */
export const functions = {
  recordTouchpoints: { manifest: recordTouchpointsManifest, handler: recordTouchpoints },
  countChanges: { manifest: countChangesManifest, handler: countChanges },
  sweepDue: { manifest: sweepDueManifest, handler: sweepDue },
  /** Lambda hands results over as JSON. */
  async task(name: string, payload: Json, context: WorldContext): Promise<Json> {
    const task = tasks[name]
    if (task === undefined) throw new Error(`There is no function ${name}.`)
    return ((await task(payload, context)) ?? null) as Json
  },
} as const
