import { describe, expect, it } from 'vitest'
import { Impossible } from '#shared/errors/errors.ts'
import type { Notice } from '#shared/world/notices.ts'
import type { World } from '#shared/world/world.ts'
import { manifest as feedback } from '../receive-feedback/manifest.ts'
import { chain } from './chain.ts'
import { onQueue } from './on-queue.ts'

type Line = readonly [message: string, details: Readonly<Record<string, unknown>> | undefined]

/** A world of which only the log is asked. */
function aLog(): { readonly world: World; readonly lines: Line[] } {
  const lines: Line[] = []
  const note = (message: string, details?: Readonly<Record<string, unknown>>): void => {
    lines.push([message, details])
  }
  return { lines, world: { log: { info: note, warn: note, error: note } } as unknown as World }
}

const FAILED: Notice = 'function failed'
const AGAIN: Notice = 'messages come again'

describe('a function that throws', () => {
  const throwing = (error: Error) =>
    chain<unknown, never>(feedback, async () => {
      throw error
    })

  it('is told of once, by its name and the code, and the platform still sees it', async () => {
    const { world, lines } = aLog()
    const error = new Impossible('a.code', 'This cannot be.')
    await expect(throwing(error)({}, { world })).rejects.toBe(error)
    expect(lines).toEqual([[FAILED, expect.objectContaining({ function: 'receive-feedback', code: 'a.code' })]])
  })

  it.each(['Left', 'Paused'])('%s says nothing bad: the machine expects it', async (name) => {
    const { world, lines } = aLog()
    await expect(throwing(Object.assign(new Error(name), { name }))({}, { world })).rejects.toThrow(name)
    expect(lines).toEqual([])
  })
})

describe('a batch of a queue', () => {
  const aRecord = (messageId: string) => ({ messageId, body: '{}', attributes: { SentTimestamp: '1' } })
  const batch = { Records: ['a', 'b', 'c'].map(aRecord) } as unknown as Parameters<ReturnType<typeof handling>>[0]
  const handling = (failed: readonly string[]) => onQueue(feedback, async () => failed)

  it('of which some failed is told of, with how many, and these alone come again', async () => {
    const { world, lines } = aLog()
    expect(await handling(['a', 'c'])(batch, { world })).toEqual({
      batchItemFailures: [{ itemIdentifier: 'a' }, { itemIdentifier: 'c' }],
    })
    expect(lines).toEqual([[AGAIN, { function: 'receive-feedback', count: 2 }]])
  })

  it('of which none failed is not', async () => {
    const { world, lines } = aLog()
    expect(await handling([])(batch, { world })).toEqual({ batchItemFailures: [] })
    expect(lines).toEqual([])
  })
})
