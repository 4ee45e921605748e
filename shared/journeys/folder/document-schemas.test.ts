import { describe, expect, it } from 'vitest'
import { everySchema } from '../../documents/json-schema.ts'
import { DOCUMENT_FILES, type DocumentName, documentSchema } from './document-schemas.ts'
import { DESCRIBED_KEYS } from './key-descriptions.ts'

// The names of a constant object.
const NAMES = Object.keys(DOCUMENT_FILES) as DocumentName[]

/** Every key of every document, as `owner.key`, with what is said about it. */
function keys(): ReadonlyMap<string, string | undefined> {
  const found = new Map<string, string | undefined>()
  for (const name of NAMES)
    everySchema(documentSchema(name), ({ properties = {}, required = [] }) => {
      for (const [key, { description, not }] of Object.entries(properties))
        if (not === undefined) found.set(`${required[0]}.${key}`, description)
    })
  return found
}

describe('the schemas of documents', () => {
  it('say of every key what it means', () => {
    const silent = [...keys()].flatMap(([key, description]) => (description === undefined ? [key] : []))
    expect(silent).toEqual([])
  })

  it('describe no key that there is not', () => {
    const known = new Set([...keys().keys()].flatMap((key) => [key, key.slice(key.indexOf('.') + 1)]))
    expect(DESCRIBED_KEYS.filter((key) => !known.has(key))).toEqual([])
  })

  it('let every step have a name and a way out of a failure', () => {
    const step = documentSchema('journey').definitions?.step
    const steps: string[] = []
    for (const one of step?.anyOf ?? [])
      everySchema(one, ({ properties = {}, required = [] }) => {
        if ('if it fails' in properties) steps.push(required[0] ?? '')
      })
    expect(new Set(steps)).toEqual(
      new Set((step?.anyOf ?? []).map((one) => (one.required ?? one.anyOf?.[0]?.required)?.[0])),
    )
    expect(steps).toContain('send')
  })

  it('take a number where it may stand for a text, and none for a duration', () => {
    const { properties = {}, definitions = {} } = documentSchema('journey')
    expect(properties.description?.type).toEqual(['string', 'number', 'boolean'])
    const [wait] = (definitions.step?.anyOf ?? []).flatMap((one) => one.properties?.wait ?? [])
    expect(wait).toMatchObject({ type: 'string', pattern: expect.stringContaining('hour') })
  })
})
