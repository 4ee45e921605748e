import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { describeProblem, readDocument } from './document.ts'
import { number, text, timeOfDay } from './fields.ts'

const Anything: z.ZodType = z.lazy(() => z.union([z.string(), z.array(Anything), z.record(z.string(), Anything)]))

const read = (yaml: string): unknown => {
  const reading = readDocument('f.yaml', yaml, Anything)
  return reading.ok ? reading.document : reading.problems.map(describeProblem)
}

const problemsOf = (yaml: string, schema: z.ZodType): string[] => {
  const reading = readDocument('f.yaml', yaml, schema)
  return reading.ok ? [] : reading.problems.map(describeProblem)
}

describe('readDocument', () => {
  it.each(['NO', 'off', '01234', '09:00', '1e3', 'null', '~', '0x1F', '2026-12-24', '2.50', 'true'])(
    'leaves %s the text that was written',
    (written) => {
      expect(read(`it: ${written}`)).toEqual({ it: written })
    },
  )

  it('keeps templates that stand in a text', () => {
    expect(read('a: Hi {{ customer.first_name }}!\nb: "{{ entry.topic }}"')).toEqual({
      a: 'Hi {{ customer.first_name }}!',
      b: '{{ entry.topic }}',
    })
  })

  it('lets comments be', () => {
    expect(read('# first\nwait: 1 hour # she may come back\nnote: "Order" #5\n#last\n')).toEqual({
      wait: '1 hour',
      note: 'Order',
    })
  })

  it('gives types by place', () => {
    const reading = readDocument('f.yaml', 'total: 5\nat: 09:00', z.strictObject({ total: number, at: timeOfDay }))
    expect(reading).toMatchObject({ ok: true, document: { total: 5, at: '09:00' } })
  })

  it.each([
    ['a: &x 1', '1:7: Anchors are not used here. Remove "&x".'],
    ['a: 1\nb: *x', '2:4: Aliases are not used here. Write the value out.'],
    ['a: !secret x', '1:12: Tags are not used here. Remove it, or quote a text that begins with "!".'],
    ['a: !!int 5', '1:10: Tags are not used here. Remove it, or quote a text that begins with "!".'],
    ['%YAML 1.1\n---\na: NO', '1:1: Directives are not used here. Remove the lines that begin with "%".'],
    [
      '%TAG ! tag:example.com,2026:\n---\na: b',
      '1:1: Directives are not used here. Remove the lines that begin with "%".',
    ],
    ['a: 1\nb: 2\na: 3', '3:1: This key stands here twice. Remove one of them, or make a list of both.'],
    ['a: b\n---\nc: d', '2:1: A file holds one document, so a line "---" cannot begin another.'],
    ['a:\n\tb: c', '2:1: YAML is indented with spaces, not with tabs.'],
  ])('refuses %j', (yaml, problem) => {
    expect(read(yaml)).toEqual([`f.yaml:${problem}`])
  })

  it.each([
    ['note: {{ entry.topic }}', '1:7: YAML reads an unquoted {{ … }} as a map. Quote it: "{{ entry.topic }}".'],
    ['note: {{ a }} and {{ b }}', '1:7: YAML reads an unquoted {{ … }} as a map. Quote it: "{{ a }}".'],
    ['- { note: {{ a }}, team: care }', '1:11: YAML reads an unquoted {{ … }} as a map. Quote it: "{{ a }}".'],
    ['a: b\nnotes:\n  - [{{ a }}]', '3:6: YAML reads an unquoted {{ … }} as a map. Quote it: "{{ a }}".'],
    [
      'note: Order #5 is late',
      '1:7: "#5 is late" began a comment. Quote the text; or put a space after the #, if a comment was meant.',
    ],
    [
      '{ note: Hello, dear customer }',
      '1:16: "dear customer" has no value: inside { … } a comma begins a new key. Quote a text that holds a comma.',
    ],
  ])('catches %j, which YAML reads otherwise than meant', (yaml, problem) => {
    expect(read(yaml)).toEqual([`f.yaml:${problem}`])
  })

  it('says one thing per line when the syntax is broken', () => {
    const problems = read('- { note: Hi {{ a }}, x: y }\n- b: c: d')
    expect(problems).toEqual([expect.stringMatching(/^f\.yaml:1:/), expect.stringMatching(/^f\.yaml:2:/)])
  })

  const Journey = z.strictObject({
    journey: text,
    steps: z.array(z.strictObject({ send: text, after: number.optional(), by: z.enum(['sms', 'email']).optional() })),
  })

  it.each([
    [
      'journey: x\nsteps:\n  - send: hi\n    after: soon',
      ['4:5: steps.0.after: "soon" is not a number, as in 5 or 2.50.'],
    ],
    [
      'journey: x\nsteps: [{ send: hi }, { send: hi, aftr: 1 }]',
      ['2:35: steps.1.aftr: "aftr" is not known here. Did you mean "after"?'],
    ],
    ['journey: x\nsteps: []\nowner: me', ['3:1: owner: "owner" is not known here. Known here: journey, steps.']],
    ['journey: x\nsteps:\n  - after: 1', ['3:5: steps.0: "send" is missing. Add "send".']],
    ['journey: x', ['1:1: "steps" is missing. Add "steps".']],
    ['journey: ""\nsteps: hi', ['1:1: journey: This is empty.', '2:1: steps: Here belongs a list, not "hi".']],
    [
      'journey: [a]\nsteps: [hi]',
      [
        '1:1: journey: Here belongs a text, not a list.',
        '2:9: steps.0: Here belongs a map, not "hi". It holds: send, after, by.',
      ],
    ],
    [
      'journey: x\nsteps:\n  - send: hi\n    by: emial',
      ['4:5: steps.0.by: "emial" is not one of: sms, email. Did you mean "email"?'],
    ],
    ['', ['1:1: Here belongs a map, not nothing. It holds: journey, steps.']],
  ])('says of %j where it is wrong and what to do', (yaml, problems) => {
    expect(problemsOf(yaml, Journey)).toEqual(problems.map((problem) => `f.yaml:${problem}`))
  })

  it.each([
    ['either: { a: b }', '1:1: either: Here belongs "exit" or "go on" or a list, not a map.'],
    ['either: exitt', '1:1: either: Here belongs "exit" or "go on" or a list, not "exitt".'],
    ['either: [1, x]', '1:13: either.1: "x" is not a number, as in 5 or 2.50.'],
  ])('says of %j which of several forms was meant', (yaml, problem) => {
    const schema = z.strictObject({ either: z.union([z.enum(['exit', 'go on']), z.array(number)]) })
    expect(problemsOf(yaml, schema)).toEqual([`f.yaml:${problem}`])
  })

  it('finds the place of a value for checks of its own', () => {
    const reading = readDocument('f.yaml', 'journey: x\nsteps:\n  - send: hello\n', Journey)
    const problem =
      reading.ok && reading.source.problemAt(['steps', 0, 'send'], 'There is no message "hello".', 'Write it.')
    expect(problem).toEqual({
      file: 'f.yaml',
      line: 3,
      column: 5,
      path: 'steps.0.send',
      message: 'There is no message "hello".',
      fix: 'Write it.',
    })
  })

  it('points at the deepest place that exists', () => {
    const reading = readDocument('f.yaml', 'journey: x\nsteps:\n  - send: hello\n', Journey)
    expect(reading.ok && reading.source.problemAt(['steps', 0, 'by', 'first'], '').line).toBe(3)
    expect(reading.ok && reading.source.problemAt(['goal'], '').line).toBe(1)
  })

  it('is not fooled by keys that look like prototypes', () => {
    expect(problemsOf('__proto__: { a: b }\njourney: x\nsteps: []', Journey)).toEqual([
      'f.yaml:1:1: __proto__: "__proto__" is not known here. Known here: journey, steps.',
    ])
    expect(({} as Record<string, unknown>).a).toBeUndefined()
  })
})
