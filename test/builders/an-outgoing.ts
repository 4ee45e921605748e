import type { Outgoing } from '#shared/world/provider.ts'

/** An email on its way out. */
export function anEmail(overrides: Partial<Outgoing> = {}): Outgoing {
  return {
    channel: 'email',
    dispatch: 'dsp_1',
    customer: 'cus_1',
    to: 'ada@example.org',
    content: {
      from: { name: 'Kaffi', address: 'hello@kaffi.example' },
      replyTo: 'care@kaffi.example',
      subject: 'Your order waits ☕',
      html: '<p>Hello Åda</p>',
      text: 'Hello Åda',
      headers: {
        'List-Unsubscribe': '<https://kaffi.example/u/token>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
    },
    tags: { message: 'order-reminder', kind: 'marketing' },
    ...overrides,
  }
}

export function anSms(overrides: Partial<Outgoing> = {}): Outgoing {
  return anEmail({ channel: 'sms', to: '+4520000000', content: { from: '+4570000000', text: 'Hej' }, ...overrides })
}

export function aPush(overrides: Partial<Outgoing> = {}): Outgoing {
  const content = {
    title: 'Hi',
    body: 'It waits',
    link: 'kaffi://cart',
    icon: 'https://k.example/i.png',
    data: { order: 'o-1' },
  }
  return anEmail({ channel: 'push', to: 'android:token-1', content, ...overrides })
}
