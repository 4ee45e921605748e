import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { ServiceModel, Shape } from './model.ts'

/*
 * Takes from the models that AWS's own SDKs are made from what our adapters call, without the documentation:
 *   node test/contracts/aws/trim-models.ts <botocore/data> && npx biome check --write test/contracts/aws/models
 */

/** By folder of botocore. */
const OPERATIONS: Readonly<Record<string, readonly string[]>> = {
  events: ['PutEvents'],
  pinpoint: ['SendMessages'],
  'pinpoint-sms-voice-v2': ['SendTextMessage'],
  secretsmanager: ['GetSecretValue'],
  sesv2: ['SendEmail'],
  stepfunctions: [
    ...['CreateStateMachine', 'DeleteStateMachine', 'DescribeStateMachine', 'UpdateStateMachine'],
    ...['ListExecutions', 'ListStateMachines', 'PublishStateMachineVersion'],
    ...['SendTaskFailure', 'SendTaskSuccess', 'StartExecution', 'StopExecution'],
  ],
}

/** What says nothing about the wire. */
const PROSE = new Set(['documentation', 'sensitive', 'box', 'contextParam', 'deprecated', 'idempotencyToken'])

function trim(folder: string, names: readonly string[]): ServiceModel {
  const versions = readdirSync(folder).toSorted()
  const model = JSON.parse(
    gunzipSync(readFileSync(join(folder, versions.at(-1) ?? '', 'service-2.json.gz'))).toString(),
    (key, value) => (PROSE.has(key) && typeof value !== 'object' ? undefined : value),
  ) as ServiceModel
  const operations = Object.fromEntries(
    names.map((name) => {
      const { http, input, output, errors = [] } = model.operations[name]!
      return [name, { http, input, output, errors }]
    }),
  )
  const roots = Object.values(operations).flatMap(({ input, output, errors }) => [input, output, ...errors])
  const { protocol, signingName, endpointPrefix, targetPrefix, uid } = model.metadata
  return {
    metadata: { protocol, signingName: signingName ?? endpointPrefix, targetPrefix, uid },
    operations,
    shapes: reached(
      model,
      roots.flatMap((root) => (root === undefined ? [] : [root.shape])),
    ),
  } as ServiceModel
}

/** The shapes that lead on from these, and these. */
function reached({ shapes }: ServiceModel, roots: readonly string[]): Readonly<Record<string, Shape>> {
  const open = [...roots]
  const found: Record<string, Shape> = {}
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found[name] !== undefined) continue
    const shape = shapes[name]!
    found[name] = shape
    const { members = {}, member, key, value } = shape
    for (const next of [...Object.values(members), member, key, value]) if (next !== undefined) open.push(next.shape)
  }
  return Object.fromEntries(Object.entries(found).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

const [data] = process.argv.slice(2)
if (data === undefined) throw new Error('Name the folder botocore/data of an unpacked botocore.')
for (const [service, names] of Object.entries(OPERATIONS)) {
  const file = join(fileURLToPath(new URL('models/', import.meta.url)), `${service}.json`)
  writeFileSync(file, `${JSON.stringify(trim(join(data, service), names), null, 2)}\n`)
}
