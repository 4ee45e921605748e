import * as z from 'zod'
import { $constructor } from 'zod/v4/core'
import { nearest } from './nearest.ts'

/** Why no option fits; `key` when one key of the map is to blame. */
interface Mistake {
  readonly message: string
  readonly fix: string
  readonly key?: string
}

type Choose<O> = (value: unknown) => O | Mistake

interface ChoiceDef extends z.core.$ZodUnionDef {
  readonly choose: Choose<z.core.$ZodType>
}

interface ZodChoice extends z.ZodUnion {
  _zod: z.core.$ZodUnionInternals & { def: ChoiceDef }
}

const Union: z.core.$constructor<z.ZodUnion> = z.ZodUnion

const ZodChoice: z.core.$constructor<ZodChoice> = $constructor('ZodChoice', (inst, def) => {
  Union.init(inst, def)
  inst._zod.parse = (payload, context) => {
    const chosen = def.choose(payload.value)
    if ('_zod' in chosen) return chosen._zod.run(payload, context)
    const { message, fix, key } = chosen
    const path = key === undefined ? [] : [key]
    payload.issues.push({ code: 'custom', message, params: { fix }, path, input: payload.value, inst })
    return payload
  }
})

/**
 * A union whose option is chosen by a look at the value instead of by trying one after the other, so that what is
 * reported is what is wrong with the option that was meant. In JSON Schema it is a union like any other.
 */
export function choice<const O extends readonly z.ZodType[]>(
  options: O,
  choose: Choose<O[number]>,
): z.ZodType<z.output<O[number]>> {
  // What comes out is what one of the options made; zod's own type for a constructor knows no options.
  return new ZodChoice({ type: 'union', options, choose }) as unknown as z.ZodType<z.output<O[number]>>
}

/** A list, or something else in its place. */
export function listOr<L extends z.ZodType, O extends z.ZodType>(
  list: L,
  other: O,
): z.ZodType<z.output<L> | z.output<O>> {
  return choice([list, other], (value) => (Array.isArray(value) ? list : other))
}

/**
 * A union of maps told apart by the one key of `options` that each has: what a thing is stands in its own words.
 * @param insteadOfTwo what to do where two of the keys stand together
 */
export function byKey<const O extends Readonly<Record<string, z.ZodType>>>(
  what: string,
  options: O,
  insteadOfTwo = 'Write them as two, in a list.',
): z.ZodType<z.output<O[keyof O]>> {
  const byName = new Map(Object.entries(options))
  return choice([...byName.values()], (value) => {
    const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
    const [first, second] = keys.filter((key) => byName.has(key))
    if (second !== undefined)
      return {
        message: `"${first}" and "${second}" do not go together in one ${what}.`,
        fix: insteadOfTwo,
        key: second,
      }
    return byName.get(first ?? '') ?? unknownKey(what, keys, [...byName.keys()])
  }) as z.ZodType<z.output<O[keyof O]>>
}

function unknownKey(what: string, keys: readonly string[], names: readonly string[]): Mistake {
  for (const key of keys) {
    const meant = nearest(key, names)
    if (meant !== undefined) return { message: `"${key}" is not known here.`, fix: `Did you mean "${meant}"?`, key }
  }
  return { message: `This is no ${what}.`, fix: `It has one of: ${names.join(', ')}.` }
}
