import { describe, expect, it } from 'vitest'
import { quietHoursIn } from './purposes.ts'

describe('quietHoursIn', () => {
  const hours = { from: '21:00', to: '09:00', countries: { US: { from: '20:00', to: '09:00' } } }

  it('are the country’s where the brand names it', () => {
    expect(quietHoursIn(hours, 'US')).toEqual({ from: '20:00', to: '09:00' })
  })

  it('are the brand’s everywhere else', () => {
    expect(quietHoursIn(hours, 'SE')).toEqual({ from: '21:00', to: '09:00' })
    expect(quietHoursIn(hours, undefined)).toEqual({ from: '21:00', to: '09:00' })
  })
})
