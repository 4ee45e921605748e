import { describe, expect, it } from 'vitest'
import { aBrand } from '#test/builders/a-brand.ts'
import { aJourneyReading } from '#test/builders/a-journey.ts'
import { describeProblem } from '../../documents/document.ts'
import { checkJourney } from './check-journey.ts'

function problemsOf(steps: string, surroundings: object = { tables: ['stores'] }): readonly string[] {
  const reading = aJourneyReading(`  [${steps}]`)
  if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
  const folder = { brand: aBrand(), messages: {}, ...surroundings }
  return checkJourney(reading.document, reading.source, folder).map(({ path, message }) => `${path}: ${message}`)
}

const CALL = '{ webhook: "https://hooks.example.com/", save as: offer }'

describe('the texts of steps', () => {
  it.each([
    '{ emit: a.b, properties: { x: "{{ entry.x }} {{ customer.y }} {{ brand.facts.shop }} {{ stores.size }}" } }',
    `${CALL}, { update: { set: { code: "{{ saved.offer.code }}" } } }`,
    '{ update: { set: { code: "{{ saved.offer.code | default: 0 }}" } } }',
    '{ update: { set: { code: "{{ nothing.at.all | default: 0 }}" } } }',
    '{ update: { set: { code: "{% assign own = 1 %}{{ own }}" } } }',
  ])('may use what there is: %s', (steps) => {
    expect(problemsOf(steps)).toEqual([])
  })

  it.each([
    ['{ update: { set: { x: "{{ custmer.x }}" } } }', 'steps.0.update.set.x: Nothing fills "custmer.x".'],
    ['{ update: { add: { x: "{{ brand.facts.nope }}" } } }', 'steps.0.update.add.x: Nothing fills "brand.facts.nope".'],
    [
      '{ emit: a.b, properties: { x: "{{ links.unsubscribe }}" } }',
      'steps.0.properties.x: Nothing fills "links.unsubscribe".',
    ],
    ['{ webhook: "https://hooks.example.com/{{ message.name }}" }', 'steps.0.webhook: Nothing fills "message.name".'],
    [
      '{ webhook: "https://hooks.example.com/", body: { a: [b, "{{ menus.size }}"] } }',
      'steps.0.body.a.1: Nothing fills "menus.size".',
    ],
    [
      `{ emit: a.b, properties: { x: "{{ saved.offer.code }}" } }, ${CALL}`,
      'steps.0.properties.x: This uses "saved.offer", which nothing before this step saves.',
    ],
  ])('are told where nothing fills them: %s', (steps, problem) => {
    expect(problemsOf(steps)).toEqual([problem])
  })

  it('are left alone where the tables are not known', () => {
    expect(problemsOf('{ update: { set: { x: "{{ menus.size }}" } } }', {})).toEqual([])
  })
})
