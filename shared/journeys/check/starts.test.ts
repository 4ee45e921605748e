import { describe, expect, it } from 'vitest'
import { aBrandFile } from '#test/builders/a-system.ts'
import { isWarning } from '../../documents/document.ts'
import { readBrandFolder } from '../folder/brand-folder.ts'

async function problemsWith(enter: string): Promise<readonly string[]> {
  const journey = (name: string, entry: string, steps: string): string =>
    `journey: ${name}\npurpose: offers\nenter: ${entry}\nsteps: ${steps}\n`
  const reading = await readBrandFolder({
    'brand.yaml': aBrandFile(),
    'journeys/one.yaml': journey('one', '{ when: order.started, again: never }', '[{ wait: 1 day }, { start: other }]'),
    'journeys/other.yaml': journey('other', enter, '[{ wait: 1 day }]'),
  })
  return reading.ok
    ? []
    : reading.problems
        .filter((problem) => !isWarning(problem))
        .map(({ file, path, message }) => `${file} ${path}: ${message}`)
}

describe('a journey that another one starts', () => {
  it('is entered by api', async () => {
    expect(await problemsWith('{ api: yes }')).toEqual([])
  })

  it('is told to have no such door', async () => {
    expect(await problemsWith('{ when: cart.viewed }')).toEqual([
      'journeys/one.yaml steps.1.start: Nobody can be let into "other" from here: it is entered in another way.',
    ])
  })
})
