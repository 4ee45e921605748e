import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Of AWS's service authorization reference, what our policies need. */
export interface Authorization {
  readonly origin: string
  readonly licence: string
  /** By action, the ARNs that a policy may name; none where only `*` stands for all there is. */
  readonly actions: Readonly<Record<string, readonly string[]>>
}

export const FILE = join(import.meta.dirname, 'authorization.json')

export function readAuthorization(): Authorization {
  return JSON.parse(readFileSync(FILE, 'utf8')) as Authorization
}

/** What a star of ours may stand for. */
const STARS = ['x', 'x/x', 'x:x', 'log-stream:x']

/** Whether a resource of a policy, with its stars, can stand for something that a pattern describes. */
export function fits(resource: string, pattern: string): boolean {
  const described = pattern
    .replace(/[.*+?|()[\]\\]/g, '\\$&')
    // Names of secrets and of roles may have slashes.
    .replace(/\$\{(SecretId|RoleNameWithPath)\}/g, '[^:]*')
    .replace(/\$\{\w+\}/g, '[^:/]*')
  return STARS.some((text) => new RegExp(`^${described}$`).test(resource.replaceAll('*', text).replaceAll('?', 'x')))
}
