import { type Mistake, steps } from './a-folder.ts'

/** What no path, or every path, comes to. */
export const PROOFS: readonly Mistake[] = [
  {
    what: 'a step after the end',
    file: 'journeys/welcome.yaml',
    text: steps(`  - exit: done
  - send: hello`),
    said: [
      '6:5: steps.1: Nobody reaches this step: the one before it always ends the run. Remove it, or move what ends the run.',
    ],
  },
  {
    what: 'an awaited touchpoint that can never suit',
    file: 'journeys/welcome.yaml',
    text: steps(
      '  - { await: cart.viewed, where: [{ property: total, at least: 5 }, { property: total, at most: 2 }], within: 1 day }',
    ),
    said: [
      '5:5: steps.0: This never holds: "the touchpoint\'s total is at least 5 and the touchpoint\'s total is at most 2" contradicts itself. Change it.',
    ],
  },
  {
    what: 'a branch that an if before it rules out',
    file: 'journeys/welcome.yaml',
    text: steps(`  - { if: { in segment: loyal }, then: [{ exit: loyal }] }
  - { if: { in segment: loyal }, then: [{ send: hello }] }`),
    said: [
      '6:7: steps.1.if: This never holds: at this point "she is in segment loyal" is false already. Remove it, ask it earlier, or change one of the two.',
    ],
  },
  {
    what: 'a bucket that lies within another',
    file: 'journeys/welcome.yaml',
    text: steps(`  - branch:
      - { if: { bucket: 20% }, then: [{ send: hello }] }
      - { if: { bucket: 10% }, then: [{ exit: chosen }] }`),
    said: [
      '7:11: steps.0.branch.1.if: This never holds: at this point "she is in a random 20% of customers" is false already. Remove it, ask it earlier, or change one of the two.',
    ],
  },
  {
    what: 'a repeat without a second round',
    file: 'journeys/welcome.yaml',
    text: steps('  - { repeat: [{ send: hello }, { exit: done }], up to: 3 times }'),
    said: [
      '5:7: steps.0.repeat: There is no second round: every path through these steps ends the run. Write them without "repeat", or let one path go on.',
    ],
  },
  {
    what: 'a condition that contradicts itself',
    file: 'journeys/welcome.yaml',
    text: steps('  - { if: { trait: points, at least: 50, less than: 20 }, then: [{ send: hello }] }'),
    said: [
      '5:7: steps.0.if: This never holds: "her points is at least 50 and is less than 20" contradicts itself. Change it.',
    ],
  },
  {
    what: 'a branch that an earlier one covers',
    file: 'journeys/welcome.yaml',
    text: steps(`  - branch:
      - { if: { trait: points, at least: 10 }, then: [{ send: hello }] }
      - { if: { trait: points, at least: 50 }, then: [{ exit: rich }] }`),
    said: [
      '7:11: steps.0.branch.1.if: This never holds: at this point "her points is at least 10" is false already. Remove it, ask it earlier, or change one of the two.',
    ],
  },
  {
    what: 'the same condition again',
    file: 'journeys/welcome.yaml',
    text: steps(
      '  - { if: { did: order.completed, in the last: 7 days }, then: [{ if: { none: [{ did: order.completed, in the last: 30 days }] }, then: [{ send: hello }] }] }',
    ),
    said: [
      '5:67: steps.0.then.0.if: This never holds: at this point "order.completed happened in the last 7 days" is true already. Remove it, ask it earlier, or change one of the two.',
    ],
  },
  {
    what: 'an else that nobody reaches',
    file: 'journeys/welcome.yaml',
    text: steps(`  - if: { any: [{ trait: plan, is: pro }, { trait: plan, is not: pro }] }
    then: [{ send: hello }]
    else: [{ exit: other }]`),
    said: [
      '7:5: steps.0.else: Nobody comes here: one of the conditions above always holds. Remove the "else", or change what is asked.',
    ],
  },
  {
    what: 'a branch that the entry rules out',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.started, where: { property: total, at least: 50 } }
steps:
  - wait: 1 hour
  - { if: { entry: total, less than: 20 }, then: [{ exit: small }] }
  - send: hello
`,
    said: [
      '6:7: steps.1.if: This never holds: at this point "the entry\'s total is at least 50" is true already. Remove it, ask it earlier, or change one of the two.',
    ],
  },
  {
    what: 'an exit that is open at once',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.started, if: { trait: points, at least: 50 } }
exit: { if: { trait: points, at least: 10 } }
steps: [{ send: hello }]
`,
    said: [
      '4:1: exit.0: Whoever may enter may leave at once: this holds already when she enters. Change this exit, or what "enter" asks.',
    ],
  },
  {
    what: 'an entry that lets nobody in',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.started, where: [{ property: channel, is: web }, { property: channel, is: app }] }
steps: [{ send: hello }]
`,
    said: [
      '3:31: enter.where: This never holds: "the touchpoint\'s channel is web and the touchpoint\'s channel is app" contradicts itself. Change it.',
    ],
  },
  {
    what: 'a stay of more than a year',
    file: 'journeys/welcome.yaml',
    text: steps(`  - wait: 200 days
  - send: hello
  - wait: 200 days
  - send: hello`),
    said: ['4:1: steps: The longest path lasts 428 days; a run ends after a year at the latest.'],
  },
  {
    what: 'a history that is too long',
    file: 'journeys/welcome.yaml',
    text: steps(`  - repeat: [{ repeat: [{ update: { add: { points: 1 } } }], up to: 99 times }]
    up to: 99 times`),
    said: [
      '4:1: steps: The longest path makes 89012 entries in the history of a run; 25000 are the most. Repeat fewer times, or start another journey for the rest.',
    ],
  },
  {
    what: 'a wait for nothing',
    file: 'journeys/welcome.yaml',
    text: steps(`  - send: hello
  - wait: 1 day`),
    said: ['warning 6:5: steps.1: Nothing follows this wait. Remove it, or say what comes after it.'],
  },
  {
    what: 'a message that a cap always holds',
    file: 'journeys/welcome.yaml',
    text: steps(`  - send: hello
  - wait: 13 hours
  - send: hello`),
    said: [
      'warning 7:5: steps.2: "hello" is message 2 for offers within 1 day, and a cap allows 1: it is always held, for 11 hours or more. Wait longer before it, give it a longer deadline, leave it out, or raise the cap in brand.yaml.',
    ],
  },
  {
    what: 'a message that a cap takes away',
    file: 'journeys/welcome.yaml',
    text: steps(`  - send: hello
  - wait: 1 hour
  - send: hello`),
    said: [
      'warning 7:5: steps.2: "hello" is message 2 for offers within 1 day, and a cap allows 1: it never goes out on this path, for it may be held 12 hours only. Wait longer before it, give it a longer deadline, leave it out, or raise the cap in brand.yaml.',
    ],
  },
  {
    what: 'a message that is lost when she is quick',
    file: 'journeys/welcome.yaml',
    text: steps(`  - send: hello
  - { await: cart.viewed, within: 2 days, else: [{ exit: no }] }
  - send: hello`),
    said: [
      'warning 7:5: steps.2: "hello" is message 2 for offers within 1 day, and a cap allows 1: it is lost when she is quick, for it may be held 12 hours only. Wait longer before it, give it a longer deadline, leave it out, or raise the cap in brand.yaml.',
    ],
  },
  {
    what: 'a journey that starts itself',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { api: yes }
steps:
  - send: hello
  - start: welcome
`,
    said: [
      'warning 6:5: steps.1: This may go round and round: welcome → welcome; Throughline stops it after 10 rounds. Say "again: never" in one of them, or ask something before it.',
    ],
  },
  {
    what: 'a journey that feeds itself',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.nudged }
steps:
  - emit: order.nudged
`,
    said: [
      '5:5: steps.0: This never ends: welcome → welcome; Throughline stops it after 10 rounds. Say "again: never" in one of them, or ask something before it.',
    ],
  },
  {
    what: 'a slip in a touchpoint',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.completed }
exit: { when: order.complete }
goal: { when: order.completed }
steps: [{ send: hello }]
`,
    said: [
      'warning 4:1: exit.0.when: No other document speaks of a touchpoint "order.complete". Did you mean "order.completed"?',
    ],
  },
  {
    what: 'a slip in a touchpoint of ours',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: message.click }
steps: [{ send: hello }]
`,
    said: [
      'warning 3:10: enter.when: No other document speaks of a touchpoint "message.click". Did you mean "message.clicked"?',
    ],
  },
  {
    what: 'a message asked for at the door',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.started, if: { message: hello, was: opened } }
steps: [{ send: hello }]
`,
    said: [
      '3:31: enter.if: What became of a message is not known here. Ask in a step, or exit when, say, "message.clicked" comes.',
    ],
  },
]
