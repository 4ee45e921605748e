import { catalog } from '#functions/catalog.ts'
import { manifest as countChanges } from '#functions/count-changes/manifest.ts'
import { manifest as sweepDue } from '#functions/sweep-due/manifest.ts'
import type { RecordedCall } from '#test/aws/recorded-call.ts'
import { addUsage, scaleUsage, type Usage } from './bill.ts'
import { changesInBatch, type Load, messagesInBatch, queueRequests } from './load.ts'
import type { Watched } from './watched.ts'

export interface Terms {
  readonly load: Load
  /** What a function's work takes of a processor, for each call that it makes. */
  readonly cpuPerCall: number
}

/** What AWS would bill for what was watched, without what the providers of messages ask for a message. */
export function usageOf({ calls, runs, changes, transitions }: Watched, terms: Terms): Usage {
  const { load } = terms
  const ours = calls.filter(isOurs)
  const [follower, others] = [ours.filter(isFollower), ours.filter((call) => !isFollower(call))]
  const { events, reports } = queuedIn(calls)
  const follows = changes / changesInBatch(load, changes / Math.max(1, events))
  const invocations = tasksIn(runs) + (events + reports) / messagesInBatch(load) + follows
  const seen = runs.filter((name) => name === countChanges.name).length
  return addUsage(
    {
      'EventBridge event': events,
      'SQS request': queueRequests(events + reports, load),
      'Step Functions transition': transitions,
      'Lambda request': invocations,
      'CloudWatch log GB': invocations * LOGGED,
    },
    usageOfCalls(others, terms),
    scaleUsage(usageOfCalls(follower, terms), follows / Math.max(1, seen)),
  )
}

/** START, END and REPORT of one run (GB). */
const LOGGED = 400 / 1e9

/** Outside are the apps, which pay for nothing but their events; a sweep that finds nothing is part of standing idle. */
export function isOurs({ function: name, action, units }: RecordedCall): boolean {
  return name !== 'outside' && !(name === sweepDue.name && action === 'Query' && (units?.read ?? 0) <= 0.5)
}

function isFollower(call: RecordedCall): boolean {
  return call.function === countChanges.name
}

/** What came over our bus, and what AWS's services reported of messages, which costs no event. */
function queuedIn(calls: readonly RecordedCall[]): { readonly events: number; readonly reports: number } {
  const reporting = calls.filter(({ service, outcome }) => REPORTING.includes(service) && outcome === 'answered')
  return { events: calls.reduce((sum, { events = 0 }) => sum + events, 0), reports: reporting.length }
}

/** Of a message, each reports once here: that it was delivered. */
const REPORTING: readonly string[] = ['ses', 'sms-voice']

const manifests = new Map(catalog.map((manifest) => [manifest.name, manifest]))

/** Runs that do not depend on how much comes together. */
function tasksIn(runs: readonly string[]): number {
  return runs.filter((name) => manifests.get(name)?.trigger.on === 'task').length
}

function usageOfCalls(calls: readonly RecordedCall[], { cpuPerCall }: Terms): Usage {
  return addUsage(
    ...calls.map((call) => ({
      'DynamoDB read unit': call.units?.read ?? 0,
      'DynamoDB write unit': call.units?.write ?? 0,
      'Lambda GB-second': cpuPerCall * GB_OF_A_PROCESSOR + waitedSeconds(call) * gbOf(call),
    })),
  )
}

/** Lambda gives a whole processor with so much memory, and as much less as there is less memory: the product is the same. */
const GB_OF_A_PROCESSOR = 1_769 / 1_024

function gbOf({ function: name }: RecordedCall): number {
  return (manifests.get(name)?.memoryMb ?? 0) / 1_024
}

/** How long a call is waited for inside a region: what is usual, with room, and as if none ever went beside another. */
function waitedSeconds({ service, action }: RecordedCall): number {
  if (service === 'dynamodb') return action === 'TransactWriteItems' ? 0.015 : 0.005
  return SECONDS[service] ?? 0.02
}

const SECONDS: Readonly<Record<string, number>> = { states: 0.04, ses: 0.1, 'sms-voice': 0.15, mobiletargeting: 0.15 }
