import { describe, expect, it } from 'vitest'
import { Bell } from './bell.ts'

const AGES = 60_000

describe('a bell', () => {
  it('wakes who listens', async () => {
    const bell = new Bell()
    const heard = bell.heard(AGES)
    bell.ring()
    await expect(heard).resolves.toBeUndefined()
  })

  it('is heard afterwards too, once', async () => {
    const bell = new Bell()
    bell.ring()
    bell.ring()
    await bell.heard(AGES)
    await expect(Promise.race([bell.heard(AGES), 'silence'])).resolves.toBe('silence')
    bell.ring()
  })

  it('does not keep anybody waiting for ever', async () => {
    await expect(new Bell().heard(1)).resolves.toBeUndefined()
  })
})
