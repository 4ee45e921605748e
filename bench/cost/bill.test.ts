import { describe, expect, it } from 'vitest'
import { addUsage, billFor, scaleUsage } from './bill.ts'

describe('billFor', () => {
  it('says what each costs, the dearest first, and what all cost', () => {
    const bill = billFor({ 'Lambda request': 1_000_000, 'DynamoDB write unit': 4_000_000 })
    expect(bill.lines.map(({ unit, dollars }) => [unit, dollars])).toEqual([
      ['DynamoDB write unit', 2.5],
      ['Lambda request', 0.2],
    ])
    expect(bill.dollars).toBeCloseTo(2.7)
  })

  it('takes off what every account has for nothing, if it is told to, and no more', () => {
    const usage = { 'CloudWatch alarm a month': 12, 'CloudWatch dashboard a month': 1 }
    expect(billFor(usage).dollars).toBeCloseTo(4.2)
    expect(billFor(usage, { free: true }).dollars).toBeCloseTo(0.2)
  })
})

describe('addUsage and scaleUsage', () => {
  it('add up, and count many times', () => {
    const sum = addUsage({ 'SQS request': 1 }, { 'SQS request': 2, 'SES email': 1 })
    expect(scaleUsage(sum, 10)).toEqual({ 'SQS request': 30, 'SES email': 10 })
  })
})
