import { existsSync, globSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { InvalidInput } from '#shared/errors/errors.ts'
import type { Files } from '#shared/journeys/folder/brand-folder.ts'

const DOCUMENTS = '{,journeys/,segments/,partials/,messages/*/}*.{yaml,yml,mjml,txt,csv,liquid}'

/**
 * The documents of a brand's folder, by their path inside it with `/`; everything else in the folder stays unread.
 * @throws InvalidInput when it is no brand's folder, or a document is not UTF-8.
 */
export function readBrandFiles(dir: string): Files {
  needBrandFolder(dir)
  const paths = globSync(DOCUMENTS, { cwd: dir }).map((path) => path.replaceAll(sep, '/'))
  return Object.fromEntries(paths.sort().map((path) => [path, readText(join(dir, path))]))
}

/** @throws InvalidInput when it is no brand's folder. */
export function needBrandFolder(dir: string): void {
  if (existsSync(join(dir, 'brand.yaml'))) return
  throw new InvalidInput('brand.no-folder', `There is no brand.yaml in ${dir}; name the folder that holds it.`)
}

function readText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file))
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    throw new InvalidInput('brand.not-utf8', `${file} is not UTF-8; save it in that encoding.`, { cause })
  }
}
