import { describe, expect, it } from 'vitest'
import { expiryOf } from './catalogue.ts'

const AT = Date.parse('2026-11-21T00:00:00Z')
const daysKept = (type: string): number => (expiryOf(type, AT) - AT / 1_000) / 86_400

describe('expiryOf', () => {
  it.each([
    ['page.viewed', 90],
    ['message.opened', 400],
    ['order.completed', 1_825],
    ['consent.given', 1_825],
    ['customer.signed-up', 730],
    ['constructor.called', 730],
  ])('keeps %s for %i days', (type, days) => {
    expect(daysKept(type)).toBe(days)
  })
})
