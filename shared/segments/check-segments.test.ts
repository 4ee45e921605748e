import { describe, expect, it } from 'vitest'
import { describeProblem } from '../documents/document.ts'
import { checkSegments, type WrittenSegment } from './check-segments.ts'
import { readSegment } from './segment.ts'

/** What is wrong with segments, whose conditions are given by name. */
function problemsOf(conditions: Readonly<Record<string, string>>): readonly string[] {
  const written: Record<string, WrittenSegment> = {}
  for (const [name, condition] of Object.entries(conditions)) {
    const reading = readSegment(`${name}.yaml`, `segment: ${name}\nif:\n  ${condition}\n`)
    if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
    written[name] = reading
  }
  return checkSegments(written, Object.keys(conditions)).map(describeProblem)
}

describe('readSegment', () => {
  it.each([
    ['a condition', 'segment: x\n', 'x.yaml:1:1: "if" is missing. Add "if".'],
    ['a name', 'segment: X y\nif: { reachable: sms }\n', 'A name has lower-case letters, digits and hyphens'],
    ['nothing else', 'segment: x\nwhen: { reachable: sms }\nif: { reachable: sms }\n', '"when" is not known here.'],
  ])('asks for %s', (_, text, problem) => {
    const reading = readSegment('x.yaml', text)
    expect(reading.ok ? '' : reading.problems.map(describeProblem).join('\n')).toContain(problem)
  })
})

describe('checkSegments', () => {
  it('says nothing of what is right', () => {
    expect(
      problemsOf({
        best: '[{ in segment: pro }, { not in segment: lapsed }]',
        pro: '{ any: [{ trait: plan, is: pro }, { bucket: 5% }, { reachable: sms }, { consent: offers, by: sms }] }',
        lapsed:
          '{ did not: order.completed, in the last: 60 days, where: [{ property: total, at least: 5 }, { channel: app }] }',
        readers: '{ message: hello, was: opened, in the last: 30 days }',
      }),
    ).toEqual([])
  })

  it.each([
    ['the entry', '{ entry: channel, is: store }', 'x.yaml:3:5: if.entry: A segment has no run'],
    ['what is saved', '[{ bucket: 5% }, { saved: offer, is: x }]', 'x.yaml:3:22: if.1.saved: A segment has no run'],
    [
      'the entry beside a touchpoint',
      '{ did: a.b, where: { property: id, same as: entry.id } }',
      'x.yaml:3:5: if.did: A segment has no run',
    ],
    [
      'a touchpoint',
      '{ all: [{ none: [{ property: total, is: x }] }] }',
      'x.yaml:3:22: if.all.0.none.0.property: A segment speaks',
    ],
    ['a message of a run', '{ message: hello, was: opened }', 'x.yaml:3:5: if.message: A segment has no run'],
    ['a segment that is not there', '{ in segment: loyle }', 'There is no segment "loyle". Write segments/loyle.yaml.'],
    ['one that is nearly there', '{ not in segment: others }', 'There is no segment "others". Did you mean "other"?'],
  ])('objects to %s', (_, condition, problem) => {
    const problems = problemsOf({ x: condition, other: '{ bucket: 5% }' })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(problem)
  })

  it('shows the circle in which segments ask for each other, at each of them', () => {
    expect(
      problemsOf({
        a: '{ in segment: b }',
        b: '{ not in segment: c }',
        c: '{ any: [{ in segment: a }] }',
        d: '{ in segment: a }',
      }),
    ).toEqual([
      'a.yaml:2:1: if: It depends on itself: "a" → "b" → "c" → "a". Take one of these out.',
      'b.yaml:2:1: if: It depends on itself: "b" → "c" → "a" → "b". Take one of these out.',
      'c.yaml:2:1: if: It depends on itself: "c" → "a" → "b" → "c". Take one of these out.',
    ])
    expect(problemsOf({ a: '{ in segment: a }' })).toHaveLength(1)
  })
})
