import { accessSync, constants, mkdirSync } from 'node:fs'
import { Misconfigured } from '#shared/errors/errors.ts'

/**
 * Makes the data folder where it is missing.
 * @throws Misconfigured when it cannot be written to.
 */
export function openFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    accessSync(folder, constants.W_OK)
  } catch (cause) {
    throw new Misconfigured(
      'data.not-writable',
      `The data folder ${folder} cannot be written; choose another with "npm start -- --data DIR".`,
      { cause },
    )
  }
}
