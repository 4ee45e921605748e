import { describe, expect, it } from 'vitest'
import { Activity } from '#local/activity.ts'
import { LocalClock } from '#local/clock.ts'
import { Database } from '#local/database.ts'
import { checkDefinition } from '#local/machines/check-definition.ts'
import { LocalMachines } from '#local/machines/local-machines.ts'
import type { Visit } from '#local/machines/position.ts'
import type { Definition } from '#shared/world/machines.ts'
import type { Json } from '#shared/world/table.ts'
import recorded from './recorded/step-functions-jsonata.json' with { type: 'json' }

interface Case {
  readonly id: string
  readonly definition: Definition
  readonly input: string
  readonly terminal: readonly [type: string, details: { output?: Json; error?: string; cause?: string }]
  readonly states: readonly (readonly [way: string, state: string, value: Json, assigned?: Json])[]
}

// The file is plain JSON of this shape.
const CASES = recorded as unknown as readonly Case[]

/** What the recordings imply of the functions and services that their machines call. */
const STAND_INS: Readonly<Record<string, (payload: Json) => Json>> = {
  'arn:aws:lambda:us-east-1:111111111111:function:lambda_func_uid': (payload) => payload,
  'arn:aws:lambda:us-east-1:111111111111:function:fn-eval-uid': (payload) => payload,
  'arn:aws:lambda:us-east-1:111111111111:function:fn-exception-uid': () => {
    throw failure(
      'Exception',
      JSON.stringify({
        errorMessage: 'Some exception was raised.',
        errorType: 'Exception',
        requestId: '<uuid:1>',
        stackTrace: [
          '  File "/var/task/handler.py", line 2, in handler\n    raise Exception("Some exception was raised.")\n',
        ],
      }),
    )
  },
  'arn:aws:states:::aws-sdk:s3:getObject': () => {
    throw failure(
      'S3.NoSuchKeyException',
      'The specified key does not exist. (Service: S3, Status Code: 404, Request ID: <request_id>, Extended Request ID: <extended_request_id>)',
    )
  },
}

function failure(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}

/** Runs a machine in a world whose time stands still but for its waits. */
async function run({ definition, input }: Case) {
  const activity = new Activity()
  const clock = new LocalClock({ activity, realNow: () => Date.UTC(2026, 10, 21) })
  const visits: Visit[] = []
  const machines = new LocalMachines({
    database: new Database(':memory:'),
    clock,
    activity,
    invoke: async (name, payload) => (STAND_INS[name] ?? (() => expect.fail(`no stand-in for ${name}`)))(payload),
    // Some recordings use what we do not let a journey use; that is a matter of publishing, tested below.
    check: () => [],
    observe: (visit) => visits.push(visit),
  })
  clock.add(machines)
  const { machine } = await machines.publish('recorded', definition)
  await machines.start({
    machine,
    name: 'run',
    input: JSON.parse(input.replace('<fx_s3_create_bucket()>', 'bucket-name')),
  })
  await clock.advance(1_000)
  return { ended: machines.execution('recorded', 'run'), visits }
}

/** The recordings turned texts that are JSON into what they hold, some of them twice; so both sides are. */
function parsed(value: unknown): unknown {
  if (typeof value === 'string') {
    try {
      const inner: unknown = JSON.parse(value)
      return inner === value ? value : parsed(inner)
    } catch (error) {
      expect(error).toBeInstanceOf(SyntaxError)
      return value
    }
  }
  if (Array.isArray(value)) return value.map(parsed)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, parsed(member)]))
}

/** An expectation for what was recorded: some instants were masked, and the SDK's transport data is not imitated. */
function expectation(value: unknown): unknown {
  if (value === 'date' || value === 'timestamp') return expect.any(String)
  if (Array.isArray(value)) return value.map(expectation)
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value).filter(([name]) => name !== 'SdkHttpMetadata' && name !== 'SdkResponseMetadata')
  return Object.fromEntries(members.map(([name, member]) => [name, expectation(member)]))
}

const expected = (value: unknown) => expectation(parsed(value))

function visitOf(visit: Visit) {
  if (visit.kind === 'entered') return ['enter', visit.state, parsed(visit.input)]
  return ['exit', visit.state, parsed(visit.output), parsed(visit.assigned ?? null)]
}

describe('LocalMachines', () => {
  it('is compared with every recording', () => {
    expect(CASES).toHaveLength(19)
  })

  it.each(CASES)('ends as on AWS: $id', async (recording) => {
    const { ended, visits } = await run(recording)
    const [type, { output, error, cause }] = recording.terminal
    if (type === 'ExecutionSucceeded') {
      expect(ended?.status).toBe('succeeded')
      expect(parsed(ended?.output)).toEqual(expected(output))
    } else {
      expect(type).toBe('ExecutionFailed')
      expect(ended).toMatchObject({ status: 'failed' })
      expect(ended?.error).toBe(error)
      expect((ended?.cause ?? '').slice(0, cause?.length ?? 0)).toBe(cause ?? '')
    }
    expect(visits.map(visitOf)).toEqual(
      recording.states.map(([way, state, ...values]) => [way, state, ...values.map(expected)]),
    )
  })
})

describe('checkDefinition', () => {
  /** The recorded machines that we do not publish, each with its reason; all others it accepts. */
  const REFUSED = [
    ['BASE_LAMBDA_EMPTY_GLOBAL_QL_JSONATA', 'only arn:aws:states:::lambda:invoke and'],
    ['BASE_UNDEFINED_ARGUMENTS_FIELD', '$doesNotExist is assigned on no way to this state'],
    ['BASE_UNDEFINED_OUTPUT', '$doesNotExist is assigned on no way to this state'],
    ['BASE_UNDEFINED_OUTPUT_MULTIPLE_STATES', '$doesNotExist is assigned on no way to this state'],
    ['test_s3_no_such_key', 'only arn:aws:states:::lambda:invoke and'],
    ['BASE_FALSE', 'may not use a regular expression'],
    ['BASE_SINGLE_QUOTE_FALSE', 'may not use a regular expression'],
  ] as const

  it.each(CASES)('accepts what Step Functions accepts, or has a reason: $id', async ({ id, definition }) => {
    const reason = REFUSED.find(([name]) => id.includes(`[${name}]`) || id.includes(`::${name}::`))?.[1]
    const problems = checkDefinition(definition)
    if (reason === undefined) expect(problems).toEqual([])
    else expect(problems.join('\n')).toContain(reason)
  })
})
