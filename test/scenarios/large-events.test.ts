import { describe, expect, it } from 'vitest'
import { aStage } from '#test/builders/a-system.ts'

/* What is too large for one commit, or for one row, must not hold up what came with it. */

const consents = Array.from({ length: 50 }, (_, index) => ({
  purpose: `purpose-${index}`,
  channel: 'email',
  state: 'given',
}))

describe('large events', () => {
  it('are recorded even when sixteen of them are too much for one commit', async () => {
    const { receive, system } = await aStage()
    await receive(
      ...Array.from({ length: 16 }, (_, index) => ({
        id: `c${index}`,
        type: 'consent.given',
        identifiers: { userId: 'ada' },
        consent: consents,
      })),
    )
    const { items } = await system.world.table.scan({ limit: 1_000 })
    expect(items.filter(({ sk }) => sk.startsWith('T#'))).toHaveLength(16)
  })

  it('go to the dead letters when no row can hold the profile, and the rest of the batch goes on', async () => {
    const { receive, system } = await aStage()
    const large = (id: string, name: string) => ({
      id,
      type: 'customer.updated',
      identifiers: { userId: 'ada' },
      traits: { [name]: 'x'.repeat(250_000) },
    })
    await receive(large('l1', 'one'), large('l2', 'two'), {
      id: 'small',
      type: 'page.viewed',
      identifiers: { userId: 'bea' },
    })
    const { items } = await system.world.table.scan({ limit: 1_000 })
    expect(
      items
        .filter(({ sk }) => sk.startsWith('T#'))
        .map(({ sk }) => sk.split('#')[2])
        .sort(),
    ).toEqual(['l1', 'small'])
    expect(items.filter(({ pk }) => pk === 'X')).toMatchObject([{ reason: expect.stringContaining('400 KB') }])
  })
})
