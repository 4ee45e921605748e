import { segmentStories } from '../crash/segment-stories.ts'
import { steeredStories } from '../crash/steered-stories.ts'
import { stories } from '../crash/stories.ts'
import { type Story, stage, tell } from '../crash/story.ts'
import { tellEverything } from '../everything/everything.ts'
import { anAws } from './an-aws.ts'
import { type AwsStage, anAwsStage } from './an-aws-stage.ts'
import { apiTour } from './api-tour.ts'
import { type Life, lives } from './lives.ts'
import type { RecordedCall } from './recorded-call.ts'

/** Brands and lives by chance: with them comes what nobody thought of. */
const SEEDS = [4]

/** All that happened. */
export interface Witnessed {
  readonly calls: RecordedCall[]
  /** Requests of the HTTP API, as `GET /v1/journeys`. */
  readonly asked: string[]
}

/** Everything that the tests know to happen, through the adapters of AWS. @param dynamoDb where DynamoDB Local listens */
export async function everyLife(dynamoDb: string): Promise<Witnessed> {
  const witnessed: Witnessed = { calls: [], asked: [] }
  for (const story of [...stories, ...steeredStories, ...segmentStories])
    witnessed.calls.push(...(await callsOfStory(story, dynamoDb)))
  await Promise.all([...lives, apiTour].map((life) => witness(life, dynamoDb, witnessed)))
  for (const seed of SEEDS) witnessed.calls.push(...(await callsByChance(seed, dynamoDb)))
  return witnessed
}

async function callsOfStory(story: Story, dynamoDb: string): Promise<readonly RecordedCall[]> {
  const aws = await anAws(dynamoDb)
  const telling = await stage(story, aws)
  aws.join(telling.system)
  await tell(story, telling)
  await telling.system.stop()
  aws.close()
  return aws.calls
}

async function witness({ live }: Life, dynamoDb: string, { calls, asked }: Witnessed): Promise<void> {
  const stages: AwsStage[] = []
  await live(async (options) => {
    const opened = await anAwsStage(dynamoDb, options)
    stages.push(opened)
    return opened
  })
  for (const one of stages) {
    await one.close()
    calls.push(...one.calls)
    asked.push(...one.asked)
  }
}

async function callsByChance(seed: number, dynamoDb: string): Promise<readonly RecordedCall[]> {
  const aws = await anAws(dynamoDb)
  const wrong = await tellEverything(seed, { faults: 0, moments: 25, around: aws })
  aws.close()
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  return aws.calls
}
