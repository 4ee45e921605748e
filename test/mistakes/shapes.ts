import { type Mistake, steps } from './a-folder.ts'

/** What a journey cannot say. */
export const SHAPES: readonly Mistake[] = [
  {
    what: 'a misspelt step',
    file: 'journeys/welcome.yaml',
    text: steps('  - sned: hello'),
    said: ['5:5: steps.0.sned: "sned" is not known here. Did you mean "send"?'],
  },
  {
    what: 'a misspelt parameter',
    file: 'journeys/welcome.yaml',
    text: steps('  - { send: hello, dedline: 2 hours }'),
    said: ['5:20: steps.0.dedline: "dedline" is not known here. Did you mean "deadline"?'],
  },
  {
    what: 'two steps in one',
    file: 'journeys/welcome.yaml',
    text: steps('  - { send: hello, wait: 1 hour }'),
    said: ['5:20: steps.0.wait: "send" and "wait" do not go together in one step. Write them as two, in a list.'],
  },
  {
    what: 'no step at all',
    file: 'journeys/welcome.yaml',
    text: steps('  - { by: sms }'),
    said: [
      '5:5: steps.0: This is no step. It has one of: send, wait, wait until, await, if, branch, split, repeat, update, emit, start, webhook, hand over, exit.',
    ],
  },
  {
    what: 'a duration that is none',
    file: 'journeys/welcome.yaml',
    text: steps('  - { wait: 2 moons }'),
    said: ['5:7: steps.0.wait: "2 moons" is not a duration, as in "2 days" or "1 hour 30 minutes".'],
  },
  {
    what: 'an hour as it is spoken',
    file: 'journeys/welcome.yaml',
    text: steps('  - { wait until: 9 am, days: weekdays }'),
    said: ['5:7: steps.0.wait until: A time of day is written as in "09:00".'],
  },
  {
    what: 'an await without an end',
    file: 'journeys/welcome.yaml',
    text: steps('  - { await: cart.viewed }'),
    said: ['5:5: steps.0: "within" is missing. Add "within".'],
  },
  {
    what: 'a touchpoint type that is none',
    file: 'journeys/welcome.yaml',
    text: steps('  - { await: Cart Viewed, within: 1 day }'),
    said: ['5:7: steps.0.await: A touchpoint type is dotted lower case, as in "order.completed".'],
  },
  {
    what: 'a then of the wrong form',
    file: 'journeys/welcome.yaml',
    text: steps('  - { if: { trait: plan, is: pro }, then: { send: hello } }'),
    said: ['5:37: steps.0.then: Here belongs a list, not a map.'],
  },
  {
    what: 'shares that do not add up',
    file: 'journeys/welcome.yaml',
    text: steps(`  - split: offer
    into:
      - { name: a, share: 50% }
      - { name: b, share: 40% }`),
    said: ['6:5: steps.0.into: The shares of a split add up to 100%.'],
  },
  {
    what: 'a share that is none',
    file: 'journeys/welcome.yaml',
    text: steps(`  - split: offer
    into:
      - { name: a, share: half }
      - { name: b, share: 50% }`),
    said: ['7:20: steps.0.into.0.share: "half" is not a share, as in 50%.'],
  },
  {
    what: 'a repeat without a bound',
    file: 'journeys/welcome.yaml',
    text: steps('  - { repeat: [{ send: hello }] }'),
    said: ['5:5: steps.0: "up to" is missing. Add "up to".'],
  },
  {
    what: 'a condition that compares with nothing',
    file: 'journeys/welcome.yaml',
    text: steps('  - { if: { trait: plan }, then: [{ send: hello }] }'),
    said: [
      '5:7: steps.0.if: This compares with nothing. Add one of: is, is not, one of, contains, starts with, at least, at most, less than, more than, before, after, in the last, in the next, exists, same as.',
    ],
  },
  {
    what: 'a misspelt operator',
    file: 'journeys/welcome.yaml',
    text: steps('  - { if: { trait: points, atleast: 5 }, then: [{ send: hello }] }'),
    said: ['5:28: steps.0.if.atleast: "atleast" is not known here. Did you mean "at least"?'],
  },
  {
    what: 'a misspelt kind of condition',
    file: 'journeys/welcome.yaml',
    text: steps('  - { if: { trail: plan, is: pro }, then: [{ send: hello }] }'),
    said: ['5:13: steps.0.if.trail: "trail" is not known here. Did you mean "trait"?'],
  },
  {
    what: 'a property where there is no touchpoint',
    file: 'journeys/welcome.yaml',
    text: steps('  - { await: cart.viewed, where: { trait: plan, is: pro }, within: 1 day }'),
    said: [
      '5:27: steps.0.where: This is no condition on a touchpoint. It has one of: all, any, none, property, channel.',
    ],
  },
  {
    what: 'a name that is none',
    file: 'journeys/welcome.yaml',
    text: steps('  - { send: hello, name: First Hello }'),
    said: ['5:20: steps.0.name: A name has lower-case letters, digits and hyphens, as in "order-reminder".'],
  },
  {
    what: 'two steps of one name',
    file: 'journeys/welcome.yaml',
    text: steps(`  - { send: hello, name: first }
  - { wait: 2 days, name: first }
  - send: hello`),
    said: ['6:21: steps.1.name: Two steps are named "first". Give one of them another name.'],
  },
  {
    what: 'a missing purpose',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
enter: { when: order.started }
steps: []
`,
    said: ['1:1: "purpose" is missing. Add "purpose".'],
  },
  {
    what: 'two entries in one',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.started, api: yes }
steps: []
`,
    said: [
      '3:31: enter.api: "when" and "api" do not go together in one entry. Say one of them; a second journey has the other.',
    ],
  },
  {
    what: 'an entry that says nothing',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { again: never }
steps: []
`,
    said: [
      '3:1: enter: This is no entry. It has one of: when, joins segment, leaves segment, schedule, once, date, api.',
    ],
  },
  {
    what: 'an again that is none',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.started, again: sometimes }
steps: []
`,
    said: ['3:31: enter.again: Write "never", "always" or, say, "after 7 days".'],
  },
  {
    what: 'an exit that says nothing',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.started }
exit: [{ where: { property: total, at least: 5 } }]
steps: []
`,
    said: ['4:8: exit.0: An exit says when (a touchpoint), joins or leaves segment, or if (a condition on her).'],
  },
  {
    what: 'a journey that is not called as its file',
    file: 'journeys/welcome.yaml',
    text: `journey: welcom
purpose: offers
enter: { when: order.started }
steps: []
`,
    said: ['1:1: journey: This is not the name of its file, welcome.'],
  },
  {
    what: 'a same key that is none',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.started, key: order_id, same key: replace }
steps: []
`,
    said: ['3:46: enter.same key: "replace" is not one of: restart, ignore.'],
  },
  {
    what: 'a way out that is none',
    file: 'journeys/welcome.yaml',
    text: steps('  - { send: hello, if not sent: stop }'),
    said: ['5:20: steps.0.if not sent: "stop" is not one of: continue, exit.'],
  },
  {
    what: 'a state of a message that there is not',
    file: 'journeys/welcome.yaml',
    text: steps('  - { if: { message: hello, was: read }, then: [{ send: hello }] }'),
    said: ['5:29: steps.0.if.was: "read" is not one of: sent, delivered, opened, clicked, answered.'],
  },
  {
    what: 'a yes where true belongs',
    file: 'journeys/welcome.yaml',
    text: steps('  - { if: { trait: plan, exists: yes }, then: [{ send: hello }] }'),
    said: ['5:26: steps.0.if.exists: "yes" is not true or false.'],
  },
  {
    what: 'a share without its sign',
    file: 'journeys/welcome.yaml',
    text: steps(`  - split: offer
    into: [{ name: a, share: 0.5 }, { name: b, share: 50% }]`),
    said: ['6:23: steps.0.into.0.share: "0.5" is not a share, as in 50%.'],
  },
  {
    what: 'a count that is none',
    file: 'journeys/welcome.yaml',
    text: steps('  - { if: { did: order.completed, at least: twice }, then: [{ send: hello }] }'),
    said: ['5:35: steps.0.if.at least: "twice" is not a count, as in "3 times".'],
  },
  {
    what: 'a journey without steps',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.started }
`,
    said: ['1:1: "steps" is missing. Add "steps".'],
  },
  {
    what: 'a goal without a touchpoint',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.started }
goal: { within: 7 days }
steps: [{ send: hello }]
`,
    said: ['4:1: goal: "when" is missing. Add "when".'],
  },
  {
    what: 'a date that there is not',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.started, if: { trait: joinedOn, after: yesterday } }
steps: [{ send: hello }]
`,
    said: ['3:54: enter.if.after: "yesterday" is not a date, as in 2026-12-24 or 2026-12-24T18:00:00Z.'],
  },
]
