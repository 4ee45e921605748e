import { describe, expect, it } from 'vitest'
import { aJourneyReading } from '#test/builders/a-journey.ts'
import { describeProblem } from '../../documents/document.ts'

/** Problems of a journey with this step, which begins in line 5, without what comes before the place. */
function problemsOf(step: string): readonly string[] {
  const reading = aJourneyReading(`  - ${step}`)
  return reading.ok ? [] : reading.problems.map((problem) => describeProblem(problem).replace('welcome.yaml:5:', ''))
}

const POLICIES = 'if missing: exit, if past: exit'

describe('a mistake in a step is told with its place and the way out', () => {
  it.each([
    ['{ wait until: "25:00" }', '7: steps.0.wait until: A time of day is written as in "09:00".'],
    ['{ wait until: "9:00" }', '7: steps.0.wait until: A time of day is written as in "09:00".'],
    [
      '{ wait until: "09:00", days: workdays }',
      '28: steps.0.days: "workdays" is not a day, as in monday, weekdays or weekend.',
    ],
    [
      '{ wait until: "09:00", offset: -3 days }',
      '28: steps.0.offset: "offset" is not known here. Known here: wait until, days.',
    ],
    ['{ wait until: renewsOn, if past: exit }', '5: steps.0: "if missing" is missing. Add "if missing".'],
    ['{ wait until: renewsOn, if missing: exit }', '5: steps.0: "if past" is missing. Add "if past".'],
    [
      `{ wait until: renewsOn, ${POLICIES}, days: monday }`,
      '62: steps.0.days: "days" is not known here. Known here: wait until, offset, at, within, if missing, if past.',
    ],
    [
      `{ wait until: renewsOn, ${POLICIES}, offset: soon }`,
      '62: steps.0.offset: "soon" is not a duration before or after, as in "-3 days" or "2 hours".',
    ],
    [
      `{ wait until: renewsOn, ${POLICIES}, offset: 3 hours, at: "10:00" }`,
      '62: steps.0.offset: Beside "at" the offset is whole days.',
    ],
    [
      `{ wait until: renewsOn, ${POLICIES}, within: 400 days }`,
      '62: steps.0.within: It waits for 300 days at the most.',
    ],
    ['{ repeat: [], up to: 3 times }', '7: steps.0.repeat: There is nothing to repeat.'],
    ['{ repeat: [{ send: a }] }', '5: steps.0: "up to" is missing. Add "up to".'],
    ['{ repeat: [{ send: a }], up to: for ever }', '30: steps.0.up to: "for ever" is not a count, as in "3 times".'],
    ['{ repeat: [{ send: a }], up to: 0 }', '30: steps.0.up to: A repeat has 1 to 100 rounds, as in "3 times".'],
    [
      '{ repeat: [{ send: a }], up to: 101 times }',
      '30: steps.0.up to: A repeat has 1 to 100 rounds, as in "3 times".',
    ],
    ['{ emit: Praised }', '7: steps.0.emit: A touchpoint type is dotted lower case, as in "order.completed".'],
    ['{ emit: message.opened }', '7: steps.0.emit: Only Throughline itself makes it; take another name.'],
    ['{ emit: consent.anything }', '7: steps.0.emit: Only Throughline itself makes it; take another name.'],
    ['{ emit: customer.updated }', '7: steps.0.emit: Only Throughline itself makes it; take another name.'],
    ['{ emit: a.b, properties: { x: "{{ entry.x" } }', '32: steps.0.properties.x: output "{{ entry.x" not closed.'],
    [
      '{ start: Other }',
      '7: steps.0.start: A name has lower-case letters, digits and hyphens, as in "order-reminder".',
    ],
    ['{ update: {} }', '7: steps.0.update: This updates nothing: say what to set, add or remove.'],
    ['{ update: { set: {} } }', '7: steps.0.update: This updates nothing: say what to set, add or remove.'],
    [
      '{ update: { add: { tags: vip } } }',
      '24: steps.0.update.add.tags: What is added is a number, or a list of tags, as in [vip].',
    ],
    ['{ webhook: hooks.example.com }', '7: steps.0.webhook: A webhook’s URL begins with https:// and a host.'],
    ['{ webhook: "ftp://example.com" }', '7: steps.0.webhook: A webhook’s URL begins with https:// and a host.'],
    [
      '{ webhook: "https://{{ customer.host }}/" }',
      '7: steps.0.webhook: The host is written out: no variable, no user and password.',
    ],
    [
      '{ webhook: "https://hooks.{{ entry.x }}.example.com/" }',
      '7: steps.0.webhook: The host is written out: no variable, no user and password.',
    ],
    [
      '{ webhook: "https://me:secret@example.com/" }',
      '7: steps.0.webhook: The host is written out: no variable, no user and password.',
    ],
    [
      '{ webhook: "https://e.example", method: post }',
      '37: steps.0.method: "post" is not one of: GET, POST, PUT, PATCH, DELETE. Did you mean "POST"?',
    ],
    ['{ webhook: "https://e.example", method: GET, body: x }', '50: steps.0.body: A GET has no body.'],
    [
      '{ webhook: "https://e.example", timeout: 1 minute }',
      '37: steps.0.timeout: A webhook may take from 1 second to 10 seconds.',
    ],
    [
      '{ webhook: "https://e.example", save as: My Offer }',
      '37: steps.0.save as: "My Offer" is not a name of small letters, digits and _, as in offer.',
    ],
    [
      '{ webhook: "https://e.example", headers: { Webhook-Id: x } }',
      '48: steps.0.headers.Webhook-Id: Throughline sets the header "Webhook-Id" itself.',
    ],
    [
      '{ webhook: "https://e.example", headers: { "a b": x } }',
      '48: steps.0.headers.a b: "a b" is not the name of a header.',
    ],
    [
      '{ webhook: "https://e.example", body: { a: ["{% if x %}"] } }',
      '49: steps.0.body.a.0: tag {% if x %} not closed.',
    ],
  ])('%s', (step, problem) => {
    expect(problemsOf(step)).toEqual([problem])
  })
})

describe('a step that can be written', () => {
  it.each([
    '{ wait until: "09:00", days: [weekdays, sunday] }',
    `{ wait until: renewsOn, ${POLICIES}, offset: +1 week, at: "10:00" }`,
    `{ wait until: card.renewsOn, if missing: [{ wait: 1 day }], if past: continue, offset: -90 minutes }`,
    '{ repeat: [{ repeat: [{ wait: 1 day }], up to: 2 }], up to: 100 times, until: { trait: plan, is: pro } }',
    '{ emit: customer.became-vip, properties: { since: "{{ now | date: \'%F\' }}" } }',
    '{ start: other-journey, properties: { order: "{{ entry.order_id }}" } }',
    '{ update: { remove: { tags: vip } } }',
    '{ update: { add: { points: "{{ entry.total }}", tags: [vip, "2026"] }, remove: note } }',
    '{ webhook: "https://e.example/{{ entry.id }}", method: GET, save as: offer_2 }',
    '{ webhook: "https://e.example:8443", body: [{ a: { b: "{{ entry.x }}" } }], headers: { X-A: b } }',
  ])('%s', (step) => {
    expect(problemsOf(step)).toEqual([])
  })
})
