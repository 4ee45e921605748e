import { InvalidInput, isNamed, Misconfigured, Unavailable } from '../../../errors/errors.ts'
import type { HttpAnswer, HttpRequest } from '../../../world/http.ts'
import type { Json } from '../../../world/table.ts'
import type { World } from '../../../world/world.ts'
import { type Call, type Enrolment, enrolmentKey } from '../../runs/enrolment.ts'
import { noteLast } from '../../runs/note-last.ts'
import { idOfStep, type TaskInput } from '../../runs/run.ts'
import { fillerFor } from '../fill-texts.ts'
import { type StepScene, sceneOf } from '../step-scene.ts'
import { fillRequest } from './fill-request.ts'
import type { WebhookStep } from './webhook.ts'

type CallWorld = Pick<World, 'table' | 'clock' | 'http' | 'secrets'>

/** It stays with the enrolment and goes along with every message. */
const MOST_SAVED_BYTES = 16 * 1024

/**
 * The task of a `webhook` step. Each try of the same call has the same id, by which the receiver can tell a repetition.
 * @throws Unavailable when it may be tried again: nobody answered, or with a status from 500; InvalidInput or Misconfigured
 * when that would not help.
 */
export async function callWebhook(input: TaskInput, world: CallWorld): Promise<void> {
  const scene = await sceneOf<WebhookStep>(input, world)
  const fill = await fillerFor(world, scene.profile, scene.enrolment)
  const request = await fillRequest(world, scene.step, fill, idOfStep('webhook', input))
  const answer = isSound(request) ? await world.http.request(request) : UNSOUND
  const { call, saved } = judge(scene, answer, world.clock.now())
  const { calls } = scene.enrolment
  await world.table.write([
    {
      set: enrolmentKey(input.customer, input.enrolment),
      attributes: { calls: { ...calls, [scene.step.id]: call }, ...saved },
      when: 'present',
    },
  ])
  if (call.reason !== undefined) throw failureOf(scene.step, answer, call.reason)
  await noteLast(world, input, { at: world.clock.now() })
}

/** The receiver would refuse it, for a reason that nobody could see here. */
const UNSOUND = { outcome: 'unsound', reason: 'its body is not JSON' } as const

function isSound({ headers, body }: HttpRequest): boolean {
  return body === undefined || headers['content-type'] !== 'application/json' || readJson(String(body)) !== undefined
}

type Outcome = HttpAnswer | typeof UNSOUND

interface Judgement {
  readonly call: Call
  /** Attributes of the enrolment. */
  readonly saved?: { readonly saved: Json }
}

function judge({ step, enrolment }: StepScene<WebhookStep>, answer: Outcome, at: number): Judgement {
  if (answer.outcome !== 'answered') return { call: { at, outcome: 'failed', reason: answer.reason } }
  const { status } = answer
  const failed = (reason: string): Judgement => ({ call: { at, outcome: 'failed', status, reason } })
  if (status < 200 || status >= 300) return failed(`answered ${status}`)
  if (step.saveAs === undefined) return { call: { at, outcome: 'answered', status } }
  const value = readJson(answer.body)
  if (value === undefined) return failed('its answer is not JSON')
  const saved = { ...enrolment.saved, [step.saveAs]: value }
  if (sizeOf(saved) > MOST_SAVED_BYTES) return failed('its answer is too large to save')
  return { call: { at, outcome: 'answered', status }, saved: { saved } }
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    if (isNamed(error, 'SyntaxError')) return undefined
    throw error
  }
}

function sizeOf(saved: NonNullable<Enrolment['saved']>): number {
  return Buffer.byteLength(JSON.stringify(saved))
}

/** Only what may pass by itself is worth another try. */
function failureOf({ id }: WebhookStep, answer: Outcome, reason: string): Error {
  const message = `The webhook of step ${id} failed: ${reason}.`
  if (answer.outcome === 'refused') return new Misconfigured('webhook.refused', message)
  const mayPass = answer.outcome === 'answered' ? answer.status >= 500 : MAY_PASS.has(answer.reason)
  return mayPass ? new Unavailable('webhook.unavailable', message) : new InvalidInput('webhook.failed', message)
}

const MAY_PASS: ReadonlySet<string> = new Set(['no-such-host', 'connection', 'timeout'])
