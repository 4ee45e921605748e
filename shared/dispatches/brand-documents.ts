import type { Brand } from '../brand/brand.ts'
import type { Purpose } from '../brand/purposes.ts'
import { livePublished } from '../documents/published.ts'
import { Misconfigured } from '../errors/errors.ts'
import type { CompiledMessage } from '../messages/message-document.ts'
import type { World } from '../world/world.ts'
import { builtInMessage } from './built-in-messages.ts'

/** The documents that a dispatch needs, as they are live now. */
export interface BrandDocuments {
  readonly brand: Brand
  readonly purpose: Purpose
  readonly message: CompiledMessage
}

/** The name under which an installation's one brand is published. */
export const BRAND = 'brand'

export async function liveBrand(world: Pick<World, 'table' | 'clock'>): Promise<Brand> {
  const brand = (await livePublished<Brand>(world, 'brand')).get(BRAND)?.content
  if (brand === undefined)
    throw new Misconfigured('brand.missing', 'No brand is published; publish a brand folder first.')
  return brand
}

/** @throws Misconfigured when something that a published journey names has gone. */
export async function brandDocuments(
  world: Pick<World, 'table' | 'clock'>,
  names: { readonly message: string; readonly purpose: string },
): Promise<BrandDocuments> {
  const brand = await liveBrand(world)
  const builtIn = builtInMessage(names, brand)
  if (builtIn !== undefined) return { brand, ...builtIn }
  const message = (await livePublished<CompiledMessage>(world, 'message')).get(names.message)?.content
  if (message === undefined)
    throw new Misconfigured(
      'message.missing',
      `Message ${names.message} is not published; publish the brand folder again.`,
    )
  const purpose = brand.purposes[names.purpose]
  if (purpose === undefined)
    throw new Misconfigured(
      'purpose.missing',
      `brand.yaml has no purpose ${names.purpose} any more; put it back or change the journey.`,
    )
  return { brand, purpose, message }
}
