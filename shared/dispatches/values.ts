import { livePublished } from '../documents/published.ts'
import { type Profile, traitOf } from '../profiles/profile.ts'
import type { Json } from '../world/table.ts'
import type { World } from '../world/world.ts'

/** What a run brings to its messages and to the texts of its steps. */
export type RunValues = {
  /** Properties of the touchpoint that let her in. */
  readonly entry: Readonly<Record<string, Json>>
  /** Answers of webhooks, by the name they were saved as. */
  readonly saved: Readonly<Record<string, Json>>
}

/** What a text is filled with besides the brand and its tables; kept with the dispatch. */
export type Values = RunValues & { readonly customer: Readonly<Record<string, Json>> }

export function valuesOf({ traits }: Profile, { entry, saved }: RunValues): Values {
  const customer = Object.fromEntries(Object.entries(traits).map(([name, [value]]) => [name, value]))
  return { customer, entry, saved }
}

/** `customer`, `entry`, `saved` and the tables by name, as Liquid sees them. */
export async function variablesOf(
  world: Pick<World, 'table' | 'clock'>,
  { customer, entry, saved }: Values,
): Promise<Readonly<Record<string, unknown>>> {
  const tables = await livePublished<unknown>(world, 'table')
  const rows = Object.fromEntries([...tables].map(([name, { content }]) => [name, content]))
  return { ...rows, customer: withSnakeNames(customer), entry, saved }
}

/** What she reads, as BCP 47 writes it. */
export function localeOf(profile: Profile): string | undefined {
  const locale = traitOf(profile, 'locale')
  return typeof locale === 'string' ? locale.replaceAll('_', '-') : undefined
}

/** Apps name traits `firstName`; messages read more naturally with `customer.first_name`. Both work. */
function withSnakeNames(traits: Values['customer']): Record<string, Json> {
  const named: Record<string, Json> = {}
  for (const [name, value] of Object.entries(traits))
    named[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)] = value
  return { ...named, ...traits }
}
