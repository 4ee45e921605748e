import { describe, expect, it } from 'vitest'
import { isThanks } from './thanks.ts'

describe('isThanks', () => {
  it.each(['Thanks!', 'thank you so much 🙏', 'Tak', 'TUSEN TAKK!', 'Dank je wel.', 'Dziękuję', 'Ok, merci'])(
    'knows "%s"',
    (text) => {
      expect(isThanks(text)).toBe(true)
    },
  )

  it.each(['Thanks, but it is still cold', 'No thanks', 'ok', 'yes', 'Thanks for nothing', '', 'Tack, när öppnar ni?'])(
    'leaves "%s" to a person',
    (text) => {
      expect(isThanks(text)).toBe(false)
    },
  )
})
