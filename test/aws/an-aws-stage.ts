import { aStage, type Stage } from '#test/builders/a-system.ts'
import { type Aws, anAws } from './an-aws.ts'
import { type Answer, request } from './requests.ts'

export type StageOptions = Omit<NonNullable<Parameters<typeof aStage>[0]>, 'wrapWorld' | 'worldOf'>

export interface AwsStage extends Stage, Omit<Aws, 'wrapWorld' | 'worldOf' | 'join' | 'close'> {
  /** What the HTTP API was asked, as `GET /v1/journeys`. */
  readonly asked: readonly string[]
  /** Asks the HTTP API, with the installation's token. */
  request(method: string, path: string, body?: object | string): Promise<Answer>
  close(): Promise<void>
}

/** The whole system, its clock standing still until it is advanced, with each function at AWS's doors (see `anAws`). */
export async function anAwsStage(dynamoDb: string, options: StageOptions = {}): Promise<AwsStage> {
  const { wrapWorld, worldOf, join, close, ...aws } = await anAws(dynamoDb)
  const stage = await aStage({ ...options, wrapWorld, worldOf })
  join(stage.system)
  const asked: string[] = []
  return {
    ...stage,
    ...aws,
    asked,
    request: (method, path, body) => {
      asked.push(`${method} ${path.split('?')[0]}`)
      return request(stage.system, method, path, body)
    },
    close: async () => {
      await stage.system.stop()
      close()
    },
  }
}
