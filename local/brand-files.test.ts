import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readBrandFiles } from './brand-files.ts'

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brand-files-'))
})

afterEach(() => rmSync(folder, { recursive: true }))

function write(path: string, content: string | Uint8Array = path): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), content)
}

describe('readBrandFiles', () => {
  it('reads the documents of a brand, by their path', () => {
    const documents = [
      'brand.yaml',
      'journeys/welcome.yaml',
      'messages/hello/email.en.mjml',
      'messages/hello/message.yaml',
      'messages/hello/sms.en.txt',
      'partials/footer.mjml',
      'partials/price.liquid',
      'segments/lapsed.yml',
      'stores.csv',
    ]
    for (const document of documents) write(document)
    expect(readBrandFiles(folder)).toEqual(Object.fromEntries(documents.map((document) => [document, document])))
  })

  it('leaves other files and folders unread', () => {
    for (const path of [
      'brand.yaml',
      'README.md',
      '.draft.yaml',
      'demo/day.yaml',
      'journeys/old/a.yaml',
      'messages/a.txt',
    ])
      write(path)
    write('logo.png', Uint8Array.of(0xff, 0xd8))
    expect(Object.keys(readBrandFiles(folder))).toEqual(['brand.yaml'])
  })

  it('takes no notice of a byte order mark', () => {
    write('brand.yaml', '\ufeffbrand: Kaffi')
    expect(readBrandFiles(folder)).toEqual({ 'brand.yaml': 'brand: Kaffi' })
  })

  it('says which folder has no brand.yaml', () => {
    expect(() => readBrandFiles(folder)).toThrow(`There is no brand.yaml in ${folder}; name the folder that holds it.`)
  })

  it('names a document that is not UTF-8', () => {
    write('brand.yaml')
    write('stores.csv', Uint8Array.of(0x4d, 0xe4, 0x6c))
    expect(() => readBrandFiles(folder)).toThrow(`${join(folder, 'stores.csv')} is not UTF-8`)
  })
})
