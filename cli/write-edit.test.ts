import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { hashOf } from '#shared/documents/published.ts'
import { writeEdit } from './write-edit.ts'

const dir = mkdtempSync(join(tmpdir(), 'pull-'))
afterAll(() => rmSync(dir, { recursive: true }))

const edit = {
  path: 'journeys/welcome.yaml',
  text: '# how we greet\njourney: welcome # new\n',
  version: 3,
  origin: { from: 'console', by: 'Ada' },
  editedAt: 0,
  before: [hashOf('first'), hashOf('second')],
} as const

const here = (text?: string, force = false) => {
  const file = join(dir, edit.path)
  if (text !== undefined) writeFileSync(file, text)
  const { outcome } = writeEdit(dir, edit, force)
  return [outcome, readFileSync(file, 'utf8')]
}

describe('writeEdit', () => {
  it('writes a document that is not here, comments and all', () => {
    expect(here()).toEqual(['written', edit.text])
  })

  it('writes over what the edit was made on, or something older', () => {
    expect(here('second')).toEqual(['written', edit.text])
    expect(here('first')).toEqual(['written', edit.text])
  })

  it('leaves what is the same', () => {
    expect(here(edit.text)).toEqual(['same', edit.text])
  })

  it('leaves what was changed here too, unless forced', () => {
    expect(here('mine')).toEqual(['kept', 'mine'])
    expect(here('mine', true)).toEqual(['written', edit.text])
  })
})
