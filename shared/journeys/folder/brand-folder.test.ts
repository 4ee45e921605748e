import { describe, expect, it } from 'vitest'
import { aBrandFile, aMessageFolder } from '#test/builders/a-system.ts'
import { describeProblem, isWarning } from '../../documents/document.ts'
import { type Files, readBrandFolder } from './brand-folder.ts'

const JOURNEY = 'journey: welcome\npurpose: offers\nenter: { when: order.started }\nsteps: [{ send: hello, by: sms }]\n'

const FOLDER: Files = {
  'brand.yaml': aBrandFile(),
  ...aMessageFolder('hello', ['sms']),
  'journeys/welcome.yaml': JOURNEY,
  'stores.csv': 'name,city\nTorvet,Aarhus\n',
  'README.md': 'Not ours.',
}

async function problemsOf(files: Files): Promise<readonly string[]> {
  const reading = await readBrandFolder({ ...FOLDER, ...files })
  return reading.ok ? [] : reading.problems.filter((problem) => !isWarning(problem)).map(describeProblem)
}

describe('readBrandFolder', () => {
  it('reads all documents of a folder and keeps what they were made from', async () => {
    const reading = await readBrandFolder(FOLDER)
    if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
    const { brand, tables, messages, journeys, sources } = reading.folder
    expect(brand.name).toBe('Kaffi')
    expect(tables).toEqual({ stores: [{ name: 'Torvet', city: 'Aarhus' }] })
    expect(Object.keys(messages.hello?.channels ?? {})).toEqual(['sms'])
    expect(journeys.welcome?.steps).toMatchObject([{ id: 'send-hello' }])
    expect(Object.keys(sources).sort()).toEqual(['brand', 'journeys/welcome', 'messages/hello'])
    expect(sources['journeys/welcome']).toBe(JOURNEY)
  })

  it.each([
    ['the brand', { 'brand.yaml': 'brand: Kaffi\n' }, /^brand\.yaml:1:1: "senders" is missing/],
    [
      'a journey',
      { 'journeys/welcome.yaml': JOURNEY.replace('offers', 'ofers') },
      /^journeys\/welcome\.yaml:2:1: purpose:/,
    ],
    [
      'a file that is not called as its journey',
      { 'journeys/hello.yaml': JOURNEY },
      /^journeys\/hello\.yaml:1:1: journey: This is not the name of its file, hello\.$/,
    ],
    ['a message', { 'messages/hello/sms.en.txt': '{{ entry.order_id' }, /^messages\/hello\/sms\.en\.txt:1:/],
    ['a table', { 'stores.csv': 'name\nTorvet, Aarhus\n' }, /^stores\.csv:2:1: This line has 2 cells/],
  ])('tells what is wrong in %s', async (_where, files, problem) => {
    expect(await problemsOf(files)).toContainEqual(expect.stringMatching(problem))
  })

  it('tells everything that is wrong at once', async () => {
    const problems = await problemsOf({
      'journeys/welcome.yaml': JOURNEY.replace('send: hello', 'send: helo'),
      'stores.csv': 'name\na,b\n',
    })
    expect(problems).toHaveLength(2)
  })

  it('asks for a brand.yaml', async () => {
    const { 'brand.yaml': _, ...rest } = FOLDER
    expect(await readBrandFolder(rest)).toMatchObject({ ok: false, problems: [{ file: 'brand.yaml' }] })
  })
})
