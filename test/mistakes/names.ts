import { type Mistake, steps } from './a-folder.ts'

/** What leads nowhere. */
export const NAMES: readonly Mistake[] = [
  {
    what: 'a message that there is not',
    file: 'journeys/welcome.yaml',
    text: steps('  - send: helo'),
    said: ['5:5: steps.0.send: There is no message "helo" in messages/. Did you mean "hello"?'],
  },
  {
    what: 'a channel that there is not',
    file: 'journeys/welcome.yaml',
    text: steps('  - { send: hello, by: pusch }'),
    said: ['5:20: steps.0.by: There is no channel "pusch". Did you mean "push"?'],
  },
  {
    what: 'a channel without content',
    file: 'journeys/welcome.yaml',
    text: steps('  - { send: reminder, by: push, purpose: service }'),
    said: [
      '5:23: steps.0.by: Message "reminder" has no form for push. Add messages/reminder/push.en.…, or leave the channel out.',
    ],
  },
  {
    what: 'a purpose that there is not',
    file: 'journeys/welcome.yaml',
    text: steps('  - { send: hello, purpose: loyalty }'),
    said: ['5:20: steps.0.purpose: brand.yaml has no purpose "loyalty". It has: offers, service.'],
  },
  {
    what: 'no channel in common',
    file: 'journeys/welcome.yaml',
    text: steps('  - { send: nudge, purpose: service }'),
    said: [
      '5:7: steps.0.send: Message "nudge" has no form for a channel of service: sms, email. Add messages/nudge/sms.en.…, or say "by: push".',
    ],
  },
  {
    what: 'a segment that there is not',
    file: 'journeys/welcome.yaml',
    text: steps('  - { if: { in segment: loial }, then: [{ send: hello }] }'),
    said: ['5:7: steps.0.if: There is no segment "loial". Did you mean "loyal"?'],
  },
  {
    what: 'a team that there is not',
    file: 'journeys/welcome.yaml',
    text: steps('  - { hand over: car }'),
    said: ['5:7: steps.0.hand over: brand.yaml has no team "car". Did you mean "care"?'],
  },
  {
    what: 'a journey that there is not',
    file: 'journeys/welcome.yaml',
    text: steps('  - { start: welcom-back }'),
    said: ['5:7: steps.0.start: There is no journey "welcom-back" in journeys/. It has: welcome.'],
  },
  {
    what: 'a variable that nothing saves',
    file: 'journeys/welcome.yaml',
    text: steps('  - { send: gift, by: sms }'),
    said: [
      '5:7: steps.0.send: Message "gift" uses "saved.gift", which nothing before this step saves. Save it by a webhook before, or give it a default: {{ saved.gift | default: "" }}.',
    ],
  },
  {
    what: 'a variable of a step that nobody fills',
    file: 'journeys/welcome.yaml',
    text: steps('  - { emit: order.nudged, properties: { shop: "{{ brend.name }}" } }'),
    said: [
      '5:41: steps.0.properties.shop: Nothing fills "brend.name". Known are customer, entry, saved, brand and the tables; or give it a default: {{ brend.name | default: "" }}.',
    ],
  },
  {
    what: 'a variable of a step that nothing saves',
    file: 'journeys/welcome.yaml',
    text: steps('  - { emit: order.nudged, properties: { gift: "{{ saved.gift }}" } }'),
    said: [
      '5:41: steps.0.properties.gift: This uses "saved.gift", which nothing before this step saves. Save it by a webhook before, or give it a default: {{ saved.gift | default: "" }}.',
    ],
  },
]
