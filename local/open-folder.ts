import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Misconfigured } from '#shared/errors/errors.ts'

/**
 * Makes the data folder where it is missing.
 * @throws Misconfigured when it cannot be written to.
 */
export function openFolder(folder: string): void {
  try {
    makeFolder(resolve(folder))
    accessSync(folder, constants.W_OK)
  } catch (cause) {
    throw new Misconfigured(
      'data.not-writable',
      `The data folder ${folder} cannot be written; choose another with "npm start -- --data DIR".`,
      { cause },
    )
  }
}

/** One by one from above: Node's own `recursive` never returns where the system refuses in an unusual way (/proc). */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder))
  mkdirSync(folder, { mode: 0o700 })
}
