import { describe, expect, it } from 'vitest'
import { Conflict, Unavailable } from '#shared/errors/errors.ts'
import type { Client } from './client.ts'
import { type Published, publishFolder } from './publish-folder.ts'

const PUBLISHED: Published = { published: [], remarks: [], warnings: [] }

/** A system that fails with these, one after the other, and then publishes. */
function failing(...errors: readonly Error[]) {
  const asked: unknown[] = []
  const client = {
    post: async (_: string, body: unknown) => {
      asked.push(body)
      const error = errors[asked.length - 1]
      if (error !== undefined) throw error
      return PUBLISHED
    },
  } as unknown as Client // nothing else is asked
  return { client, asked }
}

const tooSlow = new Unavailable('system.too-slow', 'Too slow.')
const publish = (client: Client) => publishFolder(client, { 'brand.yaml': '' }, { by: 'ada' })

describe('publishing a folder', () => {
  it('goes on in further requests where one is not enough', async () => {
    const { client, asked } = failing(tooSlow, tooSlow)
    expect(await publish(client)).toBe(PUBLISHED)
    expect(asked).toHaveLength(3)
    expect(new Set(asked.map((body) => JSON.stringify(body))).size).toBe(1)
  })

  it('ends after five', async () => {
    const { client, asked } = failing(tooSlow, tooSlow, tooSlow, tooSlow, tooSlow, tooSlow)
    await expect(publish(client)).rejects.toBe(tooSlow)
    expect(asked).toHaveLength(5)
  })

  it('is not tried again after any other failure', async () => {
    const newer = new Conflict('document.newer-edit', 'Somebody edited it.')
    const { client, asked } = failing(newer)
    await expect(publish(client)).rejects.toBe(newer)
    expect(asked).toHaveLength(1)
  })
})
