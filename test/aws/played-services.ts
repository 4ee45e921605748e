import type { World } from '#shared/world/world.ts'
import { type AwsAnswer, AwsRefusal } from '#test/builders/an-aws-server.ts'
import type { AwsCall, Reading } from '../contracts/aws/read-request.ts'
import { ENVIRONMENT } from './installation.ts'
import { secretOf } from './stage-secrets.ts'
import { states } from './states-service.ts'

/** The doors of the system that AWS is played for; it is made after its AWS. */
export type Embedded = () => World

/** What a service answers to a request. */
export type Play = (reading: Reading) => Promise<AwsAnswer>

/** The services of AWS, played onto the doors of the embedded world; those of messages and of the table are apart. */
export function servicesOver(embedded: Embedded): Readonly<Record<string, Play>> {
  return {
    events: ({ call }) => putEvents(call, embedded().bus),
    states: ({ call }) => states(call, embedded().machines),
    secretsmanager: async ({ call }) => ({ SecretString: secretOf(call.body.SecretId) }),
  }
}

interface Entry {
  readonly EventBusName: string
  readonly Source: string
  readonly DetailType: string
  readonly Detail: string
  /** Epoch seconds. */
  readonly Time?: number
}

async function putEvents({ body }: AwsCall, bus: World['bus']): Promise<AwsAnswer> {
  const entries: readonly Entry[] = body.Entries
  if (entries.some(({ EventBusName }) => EventBusName !== ENVIRONMENT.BUS_NAME))
    return new AwsRefusal('ResourceNotFoundException')
  const results = await bus.publish(
    entries.map(({ Source, DetailType, Detail, Time }) => ({
      source: Source,
      detailType: DetailType,
      detail: JSON.parse(Detail),
      ...(Time !== undefined && { time: Time * 1_000 }),
    })),
  )
  const Entries = results.map((result) =>
    result.accepted ? { EventId: result.eventId } : { ErrorCode: 'InternalFailure', ErrorMessage: result.reason },
  )
  return { FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length, Entries }
}
