import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { FUNCTIONS, lintExpression } from './lint-expression.ts'

describe('lintExpression', () => {
  it.each([
    ['$states.input.__proto__', 'may not use the name __proto__'],
    ['$states.input.`__proto__`.x', 'may not use the name __proto__'],
    ['$states.input."constructor"', 'may not use the name constructor'],
    ['$states.input.__defineGetter__("x", $f)', 'may not use the name __defineGetter__'],
    ['$lookup($states.input, "prototype")', 'may not use the name prototype'],
    ['{"__proto__": 1}', 'may not use the name __proto__'],
    ['$states.input[toString = 1]', 'may not use the name toString'],
    ['($valueOf := 1; 2)', 'may not use the name valueOf'],
    ['$lookup($states.input, $key)', 'may use $lookup only as a call with a literal key'],
    ['$lookup($states.input, "a" & "b")', 'may use $lookup only as a call with a literal key'],
    ['$map($keys($o), $lookup)', 'may use $lookup only as a call with a literal key'],
    ['($l := $lookup; $l($o, "a"))', 'may use $lookup only as a call with a literal key'],
    ['$lookup(?, "a")', 'may use $lookup only as a call with a literal key'],
    ['$match($states.input.text, /a+/)', 'may not use a regular expression: nothing can stop a slow one'],
    ['$eval("1")', 'may not use $eval; $parse reads JSON'],
    ['($e := $eval; $e("1"))', 'may not use $eval; $parse reads JSON'],
    ['customer.name', "refers to 'customer' at the top level; write $states.input.customer"],
    ['$map($a, function($x) { name })', "refers to 'name' at the top level; write $states.input.name"],
    ['$.a', 'may not use $ at the top level'],
    ['$$.a', 'may not use $$ at the top level'],
    ['$a[$$.b = c]', 'may not use $$ at the top level'],
  ])('refuses %s', (source, problem) => {
    expect(lintExpression(source).problems).toEqual([problem])
  })

  it.each(['$a ?? 1', '$a ?: 1', '$a[', ''])('does not parse "%s"', (source) => {
    expect(lintExpression(source).problems).toEqual([expect.stringContaining('does not parse')])
  })

  it.each([
    '$states.input.items[price > 3 and $.count > 1].name',
    '$states.input.items^(>price).{"name": name, "n": $}',
    '$states.input.items{category: $sum(price)}',
    '$lookup($states.input, "name")',
    '$states.input ~> $lookup("name")',
    '$states.input.items#$at.{"at": $at, "name": name}',
    '$states.input.items@$item.{"item": $item}',
    '$states.input ~> |items|{"seen": price}|',
    '$map($states.input.items, function($item, $at) { $item.name & $at })',
    "$states.input.outcome = 'hold'",
  ])('accepts %s', (source) => {
    expect(lintExpression(source)).toMatchObject({ problems: [], variables: [] })
  })

  it('names the variables that an expression reads from outside, and the parts of $states', () => {
    const source = '($local := $outer.a; $f := function($x) { $x + $other }; $sum([$local, $states.result.n]))'
    expect(lintExpression(source)).toEqual({ problems: [], variables: ['outer', 'other'], states: ['result'] })
  })

  it('knows every function of the JSONata in use', () => {
    const text = readFileSync(new URL('../../node_modules/jsonata/jsonata.js', import.meta.url), 'utf8')
    const defined = new Set(
      Array.from(text.matchAll(/(?:staticFrame|environment)\.bind\('(\w+)'/g), ([, name]) => name!),
    )
    const added = ['partition', 'range', 'hash', 'uuid', 'parse']
    expect([...FUNCTIONS].toSorted()).toEqual([...defined, ...added].filter((name) => name !== 'eval').toSorted())
  })
})
