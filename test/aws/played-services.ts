import type { World } from '#shared/world/world.ts'
import { type AwsAnswer, type AwsRequest, type AwsService, answered, refused } from './aws-request.ts'
import { ENVIRONMENT } from './installation.ts'
import { secretOf } from './stage-secrets.ts'
import { states } from './states-service.ts'

/** The doors of the system that AWS is played for; it is made after its AWS. */
export type Embedded = () => World

/** The services of AWS, played onto the doors of the embedded world; those of messages and of the table are apart. */
export function servicesOver(embedded: Embedded): Readonly<Record<string, AwsService>> {
  return {
    events: (request) => putEvents(request, embedded().bus),
    states: (request) => states(request, embedded().machines),
    secretsmanager: async ({ body }) => answered({ ARN: body.SecretId, SecretString: secretOf(body.SecretId) }),
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

async function putEvents({ body }: AwsRequest, bus: World['bus']): Promise<AwsAnswer> {
  const entries: readonly Entry[] = body.Entries
  if (entries.some(({ EventBusName }) => EventBusName !== ENVIRONMENT.BUS_NAME))
    return refused('ResourceNotFoundException')
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
  return answered({ FailedEntryCount: Entries.filter((entry) => 'ErrorCode' in entry).length, Entries })
}
