import { type Mistake, steps } from './a-folder.ts'

/** What YAML reads otherwise than it was meant. */
export const LANGUAGE: readonly Mistake[] = [
  {
    what: 'else that slipped into the last case',
    file: 'journeys/welcome.yaml',
    text: steps(`  - branch:
      - if: { trait: plan, is: pro }
        then: [{ send: hello }]
        else: [{ send: reminder, purpose: service }]`),
    said: [
      '8:9: steps.0.branch.0.else: Here "else" belongs to one case; it is for when none holds. Indent it as "branch".',
    ],
  },
  {
    what: 'an unquoted variable',
    file: 'journeys/welcome.yaml',
    text: steps(`  - emit: order.nudged
    properties: { order: {{ entry.order_id }} }`),
    said: ['6:26: YAML reads an unquoted {{ … }} as a map. Quote it: "{{ entry.order_id }}".'],
  },
  {
    what: 'a # that began a comment',
    file: 'journeys/welcome.yaml',
    text: steps('  - exit: gone to #other'),
    said: ['5:11: "#other" began a comment. Quote the text; or put a space after the #, if a comment was meant.'],
  },
  {
    what: 'a key after a comma',
    file: 'journeys/welcome.yaml',
    text: steps('  - { exit: gone, for good }'),
    said: ['5:19: "for good" has no value: inside { … } a comma begins a new key. Quote a text that holds a comma.'],
  },
  {
    what: 'a tab',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter:
	when: order.started
steps: []
`,
    said: ['4:1: YAML is indented with spaces, not with tabs.'],
  },
  {
    what: 'a key that stands twice',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
purpose: service
enter: { when: order.started }
steps: []
`,
    said: ['3:1: This key stands here twice. Remove one of them, or make a list of both.'],
  },
  {
    what: 'an anchor',
    file: 'journeys/welcome.yaml',
    text: steps('  - &greeting { send: hello }'),
    said: ['5:15: Anchors are not used here. Remove "&greeting".'],
  },
  {
    what: 'an alias',
    file: 'journeys/welcome.yaml',
    text: steps(`  - { send: &m hello }
  - { send: *m }`),
    said: ['5:16: Anchors are not used here. Remove "&m".', '6:13: Aliases are not used here. Write the value out.'],
  },
  {
    what: 'a tag',
    file: 'journeys/welcome.yaml',
    text: steps('  - { send: !!str hello }'),
    said: ['5:19: Tags are not used here. Remove it, or quote a text that begins with "!".'],
  },
  {
    what: 'a directive',
    file: 'journeys/welcome.yaml',
    text: `%YAML 1.2
---
journey: welcome
purpose: offers
enter: { when: order.started }
steps: []
`,
    said: ['1:1: Directives are not used here. Remove the lines that begin with "%".'],
  },
  {
    what: 'a second document',
    file: 'journeys/welcome.yaml',
    text: `journey: welcome
purpose: offers
enter: { when: order.started }
steps: []
---
journey: other
`,
    said: ['5:1: A file holds one document, so a line "---" cannot begin another.'],
  },
  {
    what: 'a within that slipped into a case',
    file: 'journeys/welcome.yaml',
    text: steps(`  - await:
      - { when: cart.viewed, within: 2 days }`),
    said: [
      '6:30: steps.0.await.0.within: Here "within" belongs to one touchpoint; it is for all of them. Indent it as "await".',
      '5:5: steps.0: "within" is missing. Add "within".',
    ],
  },
  {
    what: 'a text that begins with a reserved sign',
    file: 'journeys/welcome.yaml',
    text: steps('  - { exit: @home }'),
    said: ['5:13: YAML keeps this character for itself. Quote a text that begins with it.'],
  },
  {
    what: 'a text that goes on after its quote',
    file: 'journeys/welcome.yaml',
    text: steps('  - exit: "gone" for good'),
    said: ['5:18: Here a value has ended already. Quote the whole text, or move what follows to a line of its own.'],
  },
  {
    what: 'a quote that does not end',
    file: 'journeys/welcome.yaml',
    text: steps(`  - exit: "gone
  - send: hello`),
    said: ['7:1: A quote that was opened above is not closed. Close it on its own line.'],
  },
  {
    what: 'a bracket that does not close',
    file: 'journeys/welcome.yaml',
    text: steps(`  - send: hello
    by: [push, sms
  - exit: done`),
    said: [
      '7:3: A [ … ] that was opened above is not closed. Close it, or write it over several lines without brackets.',
    ],
  },
  {
    what: 'a step that is not indented as the others',
    file: 'journeys/welcome.yaml',
    text: steps(`  - send: hello
 - send: hello`),
    said: ['6:1: This is indented otherwise than what stands beside it. Begin it in the same column.'],
  },
  {
    what: 'a colon in a text',
    file: 'journeys/welcome.yaml',
    text: steps('  - exit: gone: for good'),
    said: ['5:11: YAML reads the second ": " as a map inside a map. Quote a text that holds ": ".'],
  },
  {
    what: 'an empty file',
    file: 'journeys/welcome.yaml',
    text: '',
    said: [
      '1:1: Here belongs a map, not nothing. It holds: journey, description, purpose, enter, exit, goal, holdout, priority, steps.',
    ],
  },
  {
    what: 'a list instead of a journey',
    file: 'journeys/welcome.yaml',
    text: `- send: hello
`,
    said: [
      '1:1: Here belongs a map, not a list. It holds: journey, description, purpose, enter, exit, goal, holdout, priority, steps.',
    ],
  },
]
