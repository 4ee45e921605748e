import { describe, expect, it } from 'vitest'
import { readBrandFiles } from '#local/brand-files.ts'
import { describeProblem, isWarning, type Problem } from '#shared/documents/document.ts'
import { type Files, readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { FOLDER } from './a-folder.ts'
import { BRANDS } from './brands.ts'
import { LANGUAGE } from './language.ts'
import { MESSAGES } from './messages.ts'
import { NAMES } from './names.ts'
import { PROOFS } from './proofs.ts'
import { SHAPES } from './shapes.ts'
import { SOUND } from './sound.ts'

const ALL = [...LANGUAGE, ...SHAPES, ...NAMES, ...PROOFS, ...BRANDS, ...MESSAGES]

async function problemsIn(files: Files): Promise<readonly Problem[]> {
  const reading = await readBrandFolder(files)
  return reading.ok ? reading.warnings : reading.problems
}

function said(problem: Problem): string {
  return `${isWarning(problem) ? 'warning ' : ''}${describeProblem(problem)}`
}

describe('a mistake is told where it is, with a way out', () => {
  it.each(ALL)('$what', async ({ file, text, said: expected }) => {
    const problems = await problemsIn({ ...FOLDER, [file]: text })
    expect(problems.map(said)).toEqual(expected.map((one) => one.replace(/^(warning )?/, `$1${file}:`)))
  })

  it('each has a name of its own', () => {
    expect(new Set(ALL.map(({ what }) => what)).size).toBe(ALL.length)
    expect(ALL.length).toBeGreaterThanOrEqual(60)
  })
})

describe('nothing is said of', () => {
  it.each(SOUND)('%s', async (_, files) => {
    expect((await problemsIn(files)).map(said)).toEqual([])
  })

  it('the demo brand', async () => {
    expect((await problemsIn(readBrandFiles('examples/kaffi'))).map(said)).toEqual([])
  })
})
