import { manifest as awaitTouchpoint } from './await-touchpoint/manifest.ts'
import { manifest as callWebhook } from './call-webhook/manifest.ts'
import { manifest as collectEvents } from './collect-events/manifest.ts'
import { manifest as countChanges } from './count-changes/manifest.ts'
import { manifest as decideBranch } from './decide-branch/manifest.ts'
import { manifest as emitTouchpoint } from './emit-touchpoint/manifest.ts'
import { manifest as endRun } from './end-run/manifest.ts'
import { manifest as findInstant } from './find-instant/manifest.ts'
import { manifest as handOver } from './hand-over/manifest.ts'
import type { Manifest } from './kit/manifest.ts'
import { manifest as parkRun } from './park-run/manifest.ts'
import { manifest as publishBrand } from './publish-brand/manifest.ts'
import { manifest as receiveFeedback } from './receive-feedback/manifest.ts'
import { manifest as recordTouchpoints } from './record-touchpoints/manifest.ts'
import { manifest as sendMessage } from './send-message/manifest.ts'
import { manifest as serveApi } from './serve-api/manifest.ts'
import { manifest as serveLinks } from './serve-links/manifest.ts'
import { manifest as sweepDue } from './sweep-due/manifest.ts'
import { manifest as updateProfile } from './update-profile/manifest.ts'

/** Every function of the system: infrastructure, the embedded runtime and the reference are made from this list. */
export const catalog: readonly Manifest[] = [
  recordTouchpoints,
  sendMessage,
  decideBranch,
  awaitTouchpoint,
  updateProfile,
  emitTouchpoint,
  findInstant,
  callWebhook,
  handOver,
  endRun,
  parkRun,
  sweepDue,
  countChanges,
  receiveFeedback,
  collectEvents,
  serveLinks,
  publishBrand,
  serveApi,
]
