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
})
