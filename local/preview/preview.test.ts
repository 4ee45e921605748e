import { describe, expect, it } from 'vitest'
import { aPreview, linesOf, she } from '#test/builders/a-preview.ts'
import { aBrandFile } from '#test/builders/a-system.ts'

const journey = (steps: string, head = 'enter: { when: order.started }'): string =>
  `journey: hello\npurpose: offers\n${head}\nsteps:\n${steps}`

const AWAIT = journey(`  - wait: 1 hour
  - send: reminder
    by: [push, sms]
  - await: product.viewed
    within: 2 days
    then: [{ send: offer, by: sms }]
    else: [{ exit: not interested }]`)

describe('a preview', () => {
  it('walks from wake-up to wake-up while she does nothing', async () => {
    expect(linesOf(await aPreview(AWAIT))).toEqual([
      '10 10:00 entered',
      '10 10:00 wait 1 hour',
      '10 11:00 send reminder by push, else sms (delivered push)',
      '10 11:00 await product.viewed within 2 days → else',
      '12 11:00 exit: not interested',
      '12 11:00 ended: not interested',
    ])
  })

  it('does what she is said to do', async () => {
    const answers = ['reminder: opened after 2 hours', 'product.viewed after 1 day']
    expect(linesOf(await aPreview(AWAIT, { answers })).slice(3)).toEqual([
      '10 11:00 await product.viewed within 2 days → product.viewed',
      '10 13:00 · message.opened',
      '11 10:00 · product.viewed',
      '11 10:00 send offer by sms (delivered sms)',
      '11 10:00 ended: completed',
    ])
  })

  it('goes on to the goal that she reaches after the end', async () => {
    const head = 'enter: { when: order.started }\ngoal: { when: order.completed, within: 7 days }'
    const preview = await aPreview(journey('  - send: hello', head), { answers: ['order.completed after 3 days'] })
    expect(linesOf(preview).slice(-2)).toEqual(['13 10:00 · order.completed', '13 10:00 goal'])
  })

  it('says what a branch asked, and what it saw', async () => {
    const steps = '  - if: [{ trait: plan, is: pro }, { consent: offers, by: sms }]\n    then: [{ send: hello }]'
    const { moments } = await aPreview(journey(steps), { person: she({ plan: 'free' }) })
    expect(moments.find((moment) => moment.kind === 'step')).toMatchObject({
      path: 'else',
      asked: [
        {
          line: 'all of these',
          held: false,
          parts: [
            { line: 'her plan is pro', held: false, seen: 'free' },
            { line: 'she allows offers by sms', held: true },
          ],
        },
      ],
    })
  })

  it('says why a message is put off, and shows it as she gets it', async () => {
    const brand = aBrandFile({ more: 'quiet hours: { from: "20:00", to: "12:00" }' })
    const { moments } = await aPreview(journey('  - send: hello\n    by: sms'), { brand })
    const [step] = moments.filter((moment) => moment.kind === 'step')
    expect(step?.messages).toMatchObject([{ state: 'delivered', channel: 'sms', content: { text: 'hello' } }])
    expect(step?.messages[0]?.at).toMatch(/^2026-03-10T11:/)
    expect(step?.messages[0]?.reasons[0]).toMatch(/^sms: It is night/)
  })

  it('never calls a webhook: it answers what was chosen', async () => {
    const yaml = journey(
      '  - webhook: https://kaffi.example/offer\n    save as: offer\n  - if: { saved: offer.kind, is: bun }\n    then: [{ send: hello }]',
    )
    const preview = await aPreview(yaml, { saved: { offer: { kind: 'bun' } } })
    expect(preview.moments.find((moment) => moment.kind === 'step')).toMatchObject({
      calls: ['POST https://kaffi.example/offer'],
    })
    expect(linesOf(preview)).toContain('10 10:00 if the saved offer.kind is bun → then')
    expect(linesOf(await aPreview(yaml))).not.toContain('10 10:00 if the saved offer.kind is bun → then')
  })

  it('lets what she does be about the same order', async () => {
    const yaml = journey(
      '  - await: order.ready\n    where: { property: order_id, same as: entry.order_id }\n    within: 1 day\n    else: [{ exit: never ready }]',
      'enter: { when: order.placed, key: order_id }',
    )
    const entry = { properties: { order_id: 'o-1' } }
    const ended = async (answer: string) => linesOf(await aPreview(yaml, { entry, answers: [answer] })).at(-1)
    expect(await ended('order.ready after 1 hour')).toBe('10 11:00 ended: completed')
    expect(await ended('order.ready after 1 hour {order_id: o-2}')).toBe('11 10:00 ended: never ready')
  })

  it('shows what a step records, after the step', async () => {
    const preview = await aPreview(journey('  - update: { set: { vip: "yes" } }\n  - wait: 1 day'))
    expect(linesOf(preview)).toEqual([
      '10 10:00 entered',
      '10 10:00 set vip to yes',
      '10 10:00 · customer.updated',
      '10 10:00 wait 1 day',
      '11 10:00 ended: completed',
    ])
  })

  it('puts nobody who is made up into a control group', async () => {
    const preview = await aPreview(journey('  - send: hello', 'enter: { when: order.started }\nholdout: 100%'))
    expect(linesOf(preview)).toContain('10 10:00 send hello (delivered push)')
  })

  it('gives the same again', async () => {
    const yaml = journey(
      '  - split: offer\n    into: [{ name: a, share: 50%, then: [{ send: one }] }, { name: b, share: 50%, then: [{ send: two }] }]',
    )
    expect(await aPreview(yaml)).toEqual(await aPreview(yaml))
  })
})

describe('who does not enter', () => {
  it('is told why, line by line', async () => {
    const head = 'enter: { when: order.started, where: { property: total, at least: 5 }, if: { trait: plan, is: pro } }'
    const yaml = journey('  - send: hello', head)
    const { refusal, moments } = await aPreview(yaml, { entry: { properties: { total: 3 } } })
    expect(moments).toEqual([])
    expect(refusal).toEqual({
      reason: 'this order.started is not one that the journey asks for',
      lines: [
        { line: "the touchpoint's total is at least 5", held: false, seen: 3 },
        { line: 'her plan is pro', held: false },
      ],
    })
    expect((await aPreview(yaml, { entry: { properties: { total: 7 } } })).refusal?.reason).toBe(
      'the journey’s "if" did not hold for her',
    )
  })
})

describe('an entry that is no act of hers', () => {
  const segment = { 'segments/pros.yaml': 'segment: pros\nif: { trait: plan, is: pro }\n' }

  it.each([
    ['api: yes', 'journey.started', { journey: 'hello', by: 'api' }],
    ['date: birthday', 'journey.started', { journey: 'hello', by: 'date' }],
    ['schedule: "0 9 * * mon", segment: pros', 'journey.started', { journey: 'hello', by: 'schedule' }],
    ['once: "2026-04-01 09:00", segment: pros', 'journey.started', { journey: 'hello', by: 'once' }],
    ['joins segment: pros', 'segment.joined', { segment: 'pros' }],
    ['leaves segment: pros', 'segment.left', { segment: 'pros' }],
  ])('%s', async (enter, type, properties) => {
    const preview = await aPreview(journey('  - send: hello', `enter: { ${enter} }`), {
      person: she({ birthday: '2026-03-10', plan: 'pro' }),
      more: segment,
    })
    expect(preview.entry).toMatchObject({ type, properties })
    expect(preview.notes).toEqual([])
    expect(linesOf(preview)).toEqual([
      '10 10:00 entered',
      '10 10:00 send hello (delivered push)',
      '10 10:00 ended: completed',
    ])
  })
})

describe('what is taken for granted', () => {
  it('is said', async () => {
    const yaml = journey('  - send: hello', 'enter: { joins segment: pros }')
    const more = { 'segments/pros.yaml': 'segment: pros\nif: { trait: plan, is: pro }\n' }
    expect((await aPreview(yaml, { more })).notes).toEqual([
      'She is not in segment pros now; the preview takes her for somebody who is.',
    ])
    expect((await aPreview(journey('  - send: hello'))).notes).toEqual([
      'There is no order.started of hers, so this one is made up and holds nothing but the key; say what it holds with --property.',
    ])
  })
})

describe('steps of every kind', () => {
  it('wait until a local hour', async () => {
    expect(linesOf(await aPreview(journey('  - wait until: "09:00"\n  - send: hello')))).toEqual([
      '10 10:00 entered',
      expect.stringMatching(/^10 10:00 wait until 09:00/),
      '11 08:00 send hello (delivered push)',
      '11 08:00 ended: completed',
    ])
  })

  it('hand over to a team, whose conversation nobody closes', async () => {
    const steps = '  - hand over: care\n    within: 2 days\n    else: [{ exit: nobody cared }]'
    const lines = linesOf(await aPreview(journey(steps)))
    expect(lines).toContain('10 10:00 · conversation.opened')
    expect(lines.at(-1)).toBe('12 10:00 ended: nobody cared')
    expect(lines[1]).toMatch(/^10 10:00 hand over to care .* → else$/)
  })

  it('start another journey, which is previewed with it', async () => {
    const more = {
      'journeys/next.yaml':
        'journey: next\npurpose: offers\nenter: { api: yes }\nsteps:\n  - wait: 1 day\n  - send: hello\n',
    }
    const lines = linesOf(await aPreview(journey('  - start: next\n  - send: hello\n    by: sms'), { more }))
    expect(lines.filter((line) => line.includes('send') || line.includes('wait'))).toEqual([
      expect.stringMatching(/^10 10:00 (send hello by sms|wait 1 day)/),
      expect.stringMatching(/^10 10:00 (send hello by sms|wait 1 day)/),
      '11 10:00 send hello (delivered push)',
    ])
  })

  it('repeat, a line for each round', async () => {
    const lines = linesOf(
      await aPreview(journey('  - repeat: [{ wait: 1 day }, { send: hello, by: sms }]\n    up to: 2 times')),
    )
    expect(lines.filter((line) => line.includes('send'))).toEqual([
      '11 10:00 send hello by sms (delivered sms)',
      '12 10:00 send hello by sms (delivered sms)',
    ])
  })
})
