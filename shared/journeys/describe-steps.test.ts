import { describe, expect, it } from 'vitest'
import { aJourney } from '#test/builders/a-journey.ts'
import { describeSteps } from './describe-steps.ts'

const read = (steps: string): string =>
  describeSteps(aJourney(steps).steps)
    .map(({ depth, text }) => '  '.repeat(depth) + text)
    .join('\n')

describe('describeSteps', () => {
  it('can be read aloud', () => {
    expect(
      read(`  - wait: 1 hour
  - send: order-reminder
    by: [push, email]
    deadline: 2 hours
    if not sent: [{ exit: nobody there }]
    if it fails: [{ update: { set: { told: no }, add: { tries: "1" }, remove: [note] } }]
  - await: cart.viewed
    within: 2 days
    then:
      - split: offer
        into:
          - { name: bun, share: 50%, then: [{ send: offer-bun }] }
          - { name: points, share: 50% }
    else:
      - branch:
          - { if: { trait: plan, is: pro }, then: [{ exit: pro }] }
        else: [{ if: { reachable: sms }, then: [{ send: last-call, by: sms }] }]`),
    ).toBe(`wait 1 hour
send order-reminder by push, else email within 2 hours
  if not sent:
    exit: nobody there
  if it fails:
    set told to no, add 1 to tries, remove note
await cart.viewed within 2 days
  cart.viewed:
    split offer into bun 50%, points 50%
      bun:
        send offer-bun
  else:
    branch on her plan is pro
      her plan is pro:
        exit: pro
      else:
        if she can be reached by sms
          then:
            send last-call by sms`)
  })

  it('says until when, how often, and what goes to whom', () => {
    expect(
      read(`  - { wait until: "09:00", days: weekdays }
  - { wait until: "09:00" }
  - { wait until: renewsOn, offset: -3 days, at: "10:00", if missing: exit, if past: [{ exit: too late }] }
  - repeat:
      - emit: offer.renewed
        properties: { code: "{{ saved.offer.code }}" }
    up to: 3 times
    until: { trait: plan, is: pro }
  - { webhook: "https://hooks.example.com/offers", save as: offer }
  - { start: win-back }
  - update: { add: { tags: [vip, regular] }, remove: { tags: new } }`),
    ).toBe(`wait until 09:00 on weekdays where she is
wait until 09:00 where she is
wait until 3 days before her renewsOn at 10:00
  if past:
    exit: too late
repeat up to 3 times, until her plan is pro
  each round:
    emit offer.renewed with code
POST to hooks.example.com, saved as offer
start win-back
add vip, regular to tags, remove new from tags`)
  })
})
