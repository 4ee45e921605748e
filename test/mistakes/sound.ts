import type { Files } from '#shared/journeys/folder/brand-folder.ts'
import { FOLDER } from './a-folder.ts'

function journey(name: string, rest: string): Files {
  return { [`journeys/${name}.yaml`]: `journey: ${name}\npurpose: offers\n${rest}` }
}

/** What looks like a mistake and is none. */
export const SOUND: readonly (readonly [what: string, files: Files])[] = [
  [
    'texts that other readers of YAML take for something else',
    journey(
      'odd-texts',
      `
enter: { when: order.started, where: [{ property: country, is: NO }, { property: code, is: 01234 }, { property: on, is: yes }] }
steps: [{ exit: "on #1: done" }]
`,
    ),
  ],
  [
    'conditions that overlap but leave something over',
    journey(
      'overlap',
      `
enter: { when: order.started, if: { trait: points, at least: 10 } }
exit: { if: { trait: points, at least: 50 } }
steps:
  - branch:
      - { if: { trait: points, at least: 50 }, then: [{ send: hello }] }
      - { if: { trait: points, at least: 20 }, then: [{ exit: some }] }
      - { if: { did: order.completed, at least: 2 times, in the last: 30 days }, then: [{ exit: busy }] }
      - { if: { did: order.completed, at least: 1 time, in the last: 7 days }, then: [{ exit: fresh }] }
      - { if: { bucket: 10% }, then: [{ exit: chosen }] }
      - { if: { bucket: 10%, name: other }, then: [{ exit: chosen again }] }
    else: [{ exit: none }]
`,
    ),
  ],
  [
    'the same condition after some time',
    journey(
      'later',
      `
enter: { when: order.started }
steps:
  - if: { trait: plan, is: pro }
    then: [{ exit: pro }]
  - await: cart.viewed
    within: 2 days
  - if: { trait: plan, is: pro }
    then: [{ exit: pro now }]
  - update: { set: { plan: pro } }
  - if: { trait: plan, is: pro }
    then: [{ send: hello }]
`,
    ),
  ],
  [
    'what is missing, which is neither less nor more',
    journey(
      'missing',
      `
enter: { when: order.started }
steps:
  - branch:
      - { if: { trait: points, at least: 50 }, then: [{ exit: rich }] }
      - { if: { trait: points, less than: 50 }, then: [{ exit: poor }] }
    else: [{ send: hello }]
`,
    ),
  ],
  [
    'numbers that are written in two ways',
    journey(
      'numbers',
      `
enter: { when: order.started, where: { property: total, at least: 5.0 } }
steps:
  - if: { entry: total, is: 5.00 }
    then: [{ exit: exactly }]
  - if: { entry: total, one of: [5, 6] }
    then: [{ send: hello }]
`,
    ),
  ],
  [
    'an await without an else, at the end',
    journey(
      'patient',
      `
enter: { when: order.started }
steps: [{ send: hello }, { await: cart.viewed, within: 2 days }]
`,
    ),
  ],
  [
    'messages just as far apart as a cap wants them',
    journey(
      'apart',
      `
enter: { when: order.started }
steps: [{ send: hello }, { wait: 1 day }, { send: hello }]
`,
    ),
  ],
  [
    'two messages on two paths that exclude each other',
    journey(
      'either',
      `
enter: { when: order.started }
steps: [{ if: { trait: plan, is: pro }, then: [{ send: hello }], else: [{ send: nudge }] }]
`,
    ),
  ],
  [
    'a variable that a webhook saved on one of the paths',
    journey(
      'saved',
      `
enter: { when: order.started }
steps:
  - if: { trait: plan, is: pro }
    then: [{ webhook: "https://gifts.example/{{ customer.id | default: '' }}", method: GET, save as: gift }]
  - { send: gift, by: sms }
`,
    ),
  ],
  [
    'journeys that lead to each other once',
    {
      ...journey('first', 'enter: { when: order.started, again: never }\nsteps: [{ emit: order.nudged }]\n'),
      ...journey('second', 'enter: { when: order.nudged }\nsteps: [{ emit: order.started }]\n'),
    },
  ],
  [
    'touchpoints that are nearly the same',
    journey(
      'nearly',
      `
enter: { when: cart.opened }
exit: [{ when: card.opened }, { when: cart.opened }, { when: order.placed }]
steps: [{ send: hello }]
`,
    ),
  ],
  [
    'a message that asks before it uses what may be missing',
    {
      'messages/gift/sms.en.txt':
        '{% if saved.gift %}{{ saved.gift }}{% endif %} {{ saved.more | default: "" }} Reply STOP for no more.\n',
      ...journey('asks', 'enter: { when: order.started }\nsteps: [{ send: gift, by: sms }]\n'),
    },
  ],
  [
    'a word that only begins like one the brand never uses',
    {
      'messages/hello/sms.en.txt':
        'Cheaply made? Never: {{ brand.name }} https://cheap.example Reply STOP for no more.\n',
    },
  ],
].map(([what, files]) => [what as string, { ...FOLDER, ...(files as Files) }] as const)
