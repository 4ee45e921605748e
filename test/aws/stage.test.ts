import { expect, inject, it, onTestFinished } from 'vitest'
import { anAwsStage } from './an-aws-stage.ts'

const JOURNEY = `
journey: reminder
purpose: offers
enter: { when: order.started, key: order_id }
steps:
  - wait: 1 hour
  - { send: reminder, by: email }
  - await: product.viewed
    within: 2 days
    then: [{ send: thanks, by: sms }]
`

it('a journey goes from end to end through the adapters of AWS, and every call is on record', async () => {
  const stage = await anAwsStage(inject('dynamoDb'), {
    journeys: { reminder: JOURNEY },
    messages: ['reminder', 'thanks'],
  })
  onTestFinished(() => stage.close())
  const ada = { userId: 'ada', email: 'ada@example.org', phone: '+4520123456' }
  await stage.receive(
    { type: 'customer.signed-up', identifiers: ada, consent: { offers: { email: true, sms: true } } },
    { type: 'order.started', identifiers: ada, properties: { order_id: 'o1' } },
  )
  await stage.advance('2 hours')
  await stage.receive({ type: 'product.viewed', identifiers: { userId: 'ada' } })
  await stage.advance('1 hour')
  expect(stage.arrived()).toEqual(['email reminder for you', 'sms thanks o1'])
  const made = stage.calls.map((call) => `${call.function} ${call.action}`)
  for (const call of ['send-message SendEmail', 'record-touchpoints SendTaskSuccess', 'receive-feedback PutEvents'])
    expect(made).toContain(call)
  expect(stage.calls.find(({ action }) => action === 'TransactWriteItems')?.units?.write).toBeGreaterThan(0)
  expect(stage.calls.filter(({ outcome }) => outcome !== 'answered').map(({ action }) => action)).toEqual([
    'DescribeStateMachine',
  ])
})
