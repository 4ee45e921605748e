import fc from 'fast-check'
import { SegmentedMessage } from 'sms-segments-calculator'
import { describe, expect, it } from 'vitest'
import { countParts } from './parts.ts'

const GSM = 'abcXYZ 019@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ!"#¤%&\'()*+,-./:;<=>?¡ÄÖÑÜ§¿äöñüà'
const EXTENDED = '^{}\\[~]|€'

function reference(text: string) {
  const message = new SegmentedMessage(text)
  return { encoding: message.encodingName, parts: message.segmentsCount }
}

describe('countParts', () => {
  it.each([
    ['a short text', 'Your order waits in Vesterbro.', 'GSM-7', 1],
    ['160 letters', 'a'.repeat(160), 'GSM-7', 1],
    ['161 letters', 'a'.repeat(161), 'GSM-7', 2],
    ['306 letters', 'a'.repeat(306), 'GSM-7', 2],
    ['307 letters', 'a'.repeat(307), 'GSM-7', 3],
    ['80 euros', '€'.repeat(80), 'GSM-7', 1],
    ['81 euros', '€'.repeat(81), 'GSM-7', 2],
    ['a euro that would be cut', `${'a'.repeat(152)}€${'b'.repeat(152)}`, 'GSM-7', 3],
    ['smart quotes', '“Hej”', 'UCS-2', 1],
    ['70 letters with one smart quote', `${'a'.repeat(69)}’`, 'UCS-2', 1],
    ['71 letters with one smart quote', `${'a'.repeat(70)}’`, 'UCS-2', 2],
    ['35 emoji', '😀'.repeat(35), 'UCS-2', 1],
    ['36 emoji', '😀'.repeat(36), 'UCS-2', 2],
    ['an emoji that would be cut', `${'a'.repeat(66)}😀${'b'.repeat(66)}`, 'UCS-2', 3],
    ['ç, which only its capital is in the alphabet', 'garçon', 'UCS-2', 1],
    ['nothing', '', 'GSM-7', 1],
  ])('counts %s', (_, text, encoding, parts) => {
    expect(countParts(text)).toMatchObject({ encoding, parts })
    if (text !== '') expect(countParts(text)).toMatchObject(reference(text))
  })

  it('agrees with sms-segments-calculator on any text of plain and extended characters', () => {
    const text = fc.array(fc.constantFrom(...GSM, ...EXTENDED), { minLength: 1, maxLength: 500 })
    fc.assert(
      fc.property(text, (characters) => {
        expect(countParts(characters.join(''))).toMatchObject(reference(characters.join('')))
      }),
    )
  })

  it('agrees with sms-segments-calculator on any text with emoji, accents and quotes', () => {
    const text = fc.array(fc.constantFrom(...'abc é’“”çñ日本😀🎉', '👍'), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(text, (characters) => {
        expect(countParts(characters.join(''))).toMatchObject(reference(characters.join('')))
      }),
    )
  })
})
