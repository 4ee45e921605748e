import { createSecretKey, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Secrets } from '#shared/world/world.ts'

/** The secrets of this installation, made at first use; without a folder those of tests. */
export function localSecrets(folder: string | undefined): { readonly token: string; readonly secrets: Secrets } {
  const read = (name: string, encoding: 'base64' | 'base64url'): string =>
    folder === undefined ? `for-tests-${name}` : secretFile(join(folder, name), encoding)
  const token = read('token', 'base64url')
  const linkKey = createSecretKey(read('link-key', 'base64url'), 'utf8')
  // Receivers have tools that take the key in Base64 (standardwebhooks.com).
  const webhookKey = createSecretKey(read('webhook-key', 'base64'), 'base64')
  return {
    token,
    secrets: { linkKey: async () => linkKey, webhookKey: async () => webhookKey, apiToken: async () => token },
  }
}

/** Readable by its owner alone. */
function secretFile(path: string, encoding: 'base64' | 'base64url'): string {
  if (!existsSync(path)) writeFileSync(path, randomBytes(32).toString(encoding), { mode: 0o600 })
  return readFileSync(path, 'utf8').trim()
}
