import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { reference } from '../docs/reference-pages.ts'

describe('docs/reference', () => {
  it.each(Object.entries(reference()))('%s says what the code says; "npm run docs" prints it anew', (name, text) => {
    expect(readFileSync(join(import.meta.dirname, '../docs/reference', name), 'utf8')).toBe(text)
  })
})
