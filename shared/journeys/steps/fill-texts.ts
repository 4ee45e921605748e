import { zoneOf } from '../../decisions/zone.ts'
import { liveBrand } from '../../dispatches/brand-documents.ts'
import { localeOf, valuesOf, variablesOf } from '../../dispatches/values.ts'
import { renderTemplate, type TemplateKind } from '../../messages/liquid.ts'
import { templateOf } from '../../messages/templates.ts'
import { brandVariables } from '../../messages/variables.ts'
import type { Profile } from '../../profiles/profile.ts'
import { parsePath, valueAt } from '../../segments/path.ts'
import type { Json } from '../../world/table.ts'
import type { World } from '../../world/world.ts'
import { type Enrolment, runValues } from '../runs/enrolment.ts'

/** Fills the texts of a step for one customer, with the same variables as messages. What is missing comes out empty. */
export interface Filler {
  text(template: string, kind?: TemplateKind): string
  /** A text that is one variable and nothing else gives its value, of whatever type; null where there is none. */
  value(template: string): Json
}

export async function fillerFor(
  world: Pick<World, 'table' | 'clock'>,
  profile: Profile,
  enrolment: Enrolment,
): Promise<Filler> {
  const brand = await liveBrand(world)
  const scope = {
    ...(await variablesOf(world, valuesOf(profile, runValues(enrolment)))),
    brand: brandVariables(brand),
  }
  const locale = localeOf(profile) ?? brand.locales[0] ?? 'en'
  const context = { scope, now: world.clock.now(), zone: zoneOf(profile, brand), locale }
  const text: Filler['text'] = (template, kind = 'text') =>
    template.includes('{')
      ? renderTemplate(templateOf(`step ${kind} ${template}`, template, kind), kind, context).text
      : template
  return {
    text,
    value: (template) => {
      const path = parsePath(VARIABLE.exec(template)?.[1] ?? '')
      return path === undefined ? text(template) : ((valueAt(scope, path) ?? null) as Json)
    },
  }
}

const VARIABLE = /^\{\{\s*([\w-]+(?:\.[\w-]+)*)\s*\}\}$/
