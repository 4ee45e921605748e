import { describe, expect, it } from 'vitest'
import { readJourney } from './journey.ts'

const named = (name: string) =>
  readJourney('journeys/any.yaml', `journey: ${name}\npurpose: offers\nenter: { when: order.started }\nsteps: []\n`)

describe('the name of a journey', () => {
  it('fits, with that of the installation, into the name of a state machine', () => {
    expect(named('a'.repeat(47)).ok).toBe(true)
    expect(named('a'.repeat(48))).toMatchObject({
      ok: false,
      problems: [{ line: 1, message: expect.stringContaining('at most 47 characters') }],
    })
  })
})
