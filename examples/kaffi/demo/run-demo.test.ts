import { describe, expect, it } from 'vitest'
import { type Played, runDemo } from './run-demo.ts'

const SILENT = { info: () => {}, warn: () => {}, error: (message: string) => expect.unreachable(message) }

function play(seed: string): Promise<Played> {
  return runDemo({ seed, customers: 25, now: Date.parse('2026-11-21T12:00:00Z'), log: SILENT, print: () => {} })
}

describe('runDemo', () => {
  it('tells the same of the same seed, and something else of another', { timeout: 60_000 }, async () => {
    const [one, same, other] = [await play('1'), await play('1'), await play('2')]
    expect(same.summary).toBe(one.summary)
    expect(other.summary).not.toBe(one.summary)
  })

  it('shows that Ada, who bought in the store, was never reminded of the basket on her phone', {
    timeout: 60_000,
  }, async () => {
    const { summary } = await play('1')
    const thread = summary.slice(summary.indexOf('Ada’s thread'))
    expect(thread).toMatch(/we wrote +Your order is ready/)
    expect(thread).toMatch(/leaves +abandoned-order for KADA2: order\.completed/)
    expect(thread).not.toContain('Your basket is still here')
  })
})
