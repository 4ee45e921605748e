import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describeProblem } from '#shared/documents/document.ts'
import { type Journey, readJourney } from '#shared/journeys/journey.ts'

const ROOT = join(import.meta.dirname, '../..')

/** The journeys of all example brands, by name. */
export const EXAMPLE_JOURNEYS: Readonly<Record<string, Journey>> = Object.fromEntries(
  globSync('examples/*/journeys/*.yaml', { cwd: ROOT })
    .sort()
    .map((file) => [basename(file, '.yaml'), aJourneyOf(file, readFileSync(join(ROOT, file), 'utf8'))]),
)

export function aJourneyOf(file: string, yaml: string): Journey {
  const reading = readJourney(file, yaml)
  if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
  return reading.document
}

/** Steps of every kind, with every way that a kind has to leave or to wait. */
export const EVERY_KIND = `journey: every-kind-of-step-that-there-is-in-one
purpose: offers
enter: { when: order.started, key: order_id }
steps:
  - wait: 1 hour
  - send: hello
    by: [push, sms, email]
    deadline: 12 hours
    if not sent: [{ update: { add: { missed: 1 } } }]
    if it fails: continue
  - send: reminder
    by: [push, sms, email]
    try next after: 4 hours
    unless: opened
  - wait until: "09:00"
    days: weekdays
  - wait until: pointsExpireOn
    offset: -3 days
    at: "10:00"
    within: 30 days
    if missing: exit
    if past: [{ emit: points.expired }]
  - await:
      - { when: order.completed, then: [{ exit: bought }] }
      - { when: product.viewed }
    within: 2 days
    else: [{ start: win-back, properties: { order_id: "{{ entry.order_id }}" } }]
  - if: { trait: plan, is: pro }
    then: [{ update: { set: { tier: gold }, remove: [trial] } }]
  - branch:
      - { if: { trait: plan, is: pro }, then: [{ emit: plan.praised }] }
      - { if: { entry: total, at least: 10 }, then: [] }
    else: [{ exit: 'neither "this" nor that' }]
  - split: letter
    into:
      - { name: one, share: 50%, then: [{ send: hello, by: sms, if not sent: exit }] }
      - { name: other, share: 50% }
  - repeat: [{ send: reminder, by: sms }, { wait: 2 days }]
    up to: 2 times
    until: { did: order.completed }
  - webhook: https://shop.example/orders/{{ entry.order_id }}
    body: { order: "{{ entry.order_id }}" }
    save as: answer
    if it fails: [{ update: { set: { called: "no" } } }]
  - hand over: care
    note: "Order {{ entry.order_id }}"
    within: 2 days
    then: [{ wait: 1 day }]
    else: [{ hand over: care-leads }]
`
