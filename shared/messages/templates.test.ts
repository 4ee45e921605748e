import { describe, expect, it } from 'vitest'
import { templateOf } from './templates.ts'

describe('templateOf', () => {
  it('parses a template once', () => {
    expect(templateOf('v1 sms en text', 'Hi', 'text')).toBe(templateOf('v1 sms en text', 'Hi', 'text'))
  })

  it('forgets the one that was not used for longest', () => {
    const [kept, lost] = [templateOf('kept', 'Hi', 'text'), templateOf('lost', 'Hi', 'text')]
    for (let index = 0; index < 1_999; index += 1) {
      templateOf(`other ${index}`, 'Hi', 'text')
      templateOf('kept', 'Hi', 'text')
    }
    expect(templateOf('kept', 'Hi', 'text')).toBe(kept)
    expect(templateOf('lost', 'Hi', 'text')).not.toBe(lost)
  })
})
