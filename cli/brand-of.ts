import { existsSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Installation } from '#infra/installations.ts'
import { type Brand, readBrand } from '#shared/brand/brand.ts'

const ROOT = join(import.meta.dirname, '..')

/** The folder that an installation publishes, seen from here. */
export function brandFolderOf({ brand }: Pick<Installation, 'brand'>): string {
  return relative('', join(ROOT, brand)) || '.'
}

/** Its brand.yaml, or undefined while there is none that can be read: `throughline check` says why. */
export function brandOf(installation: Pick<Installation, 'brand'>): Brand | undefined {
  const file = join(brandFolderOf(installation), 'brand.yaml')
  const reading = existsSync(file) ? readBrand('brand.yaml', readFileSync(file, 'utf8')) : undefined
  return reading?.ok === true ? reading.document : undefined
}
