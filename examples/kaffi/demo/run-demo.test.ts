import { describe, expect, it } from 'vitest'
import { type Played, runDemo } from './run-demo.ts'

const SILENT = { info: () => {}, warn: () => {}, error: (message: string) => expect.unreachable(message) }

function play(seed: string, customers = 25): Promise<Played> {
  return runDemo({ seed, customers, now: Date.parse('2026-11-21T12:00:00Z'), log: SILENT, print: () => {} })
}

describe('runDemo', () => {
  it('tells the same of the same seed, and something else of another', { timeout: 60_000 }, async () => {
    const [one, same, other] = [await play('1'), await play('1'), await play('2')]
    expect(same.summary).toBe(one.summary)
    expect(other.summary).not.toBe(one.summary)
  })

  it('has complaints that were answered and closed, and lapsed customers who came by', {
    timeout: 60_000,
  }, async () => {
    const { summary } = await play('1', 200)
    const figure = (name: string): number => Number(new RegExp(`^  ${name} +(\\d+)`, 'm').exec(summary)?.[1])
    expect(figure('opened')).toBeGreaterThan(1)
    expect([figure('answered'), figure('closed')]).toEqual([figure('opened'), figure('opened')])
    expect(summary).toMatch(/^ {2}win-back +\d+ +· +[1-9]/m)
    expect(summary).toMatch(/^ {2}how-did-we-do by /m)
    expect(figure('came twice, kept once')).toBeGreaterThan(0)
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
