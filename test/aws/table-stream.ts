import type { DynamoDBRecord } from 'aws-lambda'
import { handler } from '#functions/count-changes/handler.ts'
import { manifest } from '#functions/count-changes/manifest.ts'
import type { Sleeper } from '#local/clock.ts'
import type { System } from '#local/system.ts'

export type AskStream = <Answer>(operation: string, body: object) => Promise<Answer>

interface Page {
  readonly Records: readonly DynamoDBRecord[]
  readonly NextShardIterator?: string
}

/**
 * The stream of the table, to the function that follows it: whatever was written since the last look, in batches, and
 * only the rows that its manifest names.
 */
export class TableStream implements Sleeper {
  readonly #ask: AskStream
  readonly #streamArn: string
  #system: System | undefined
  /** How many changes the function was told of. */
  handedOver = 0
  #iterator: string | undefined
  #isBehind = false
  #reading = false

  constructor(streamArn: string, ask: AskStream) {
    this.#streamArn = streamArn
    this.#ask = ask
  }

  join(system: System): void {
    this.#system = system
    system.clock.add(this)
  }

  /** Something was written. */
  written(): void {
    this.#isBehind = true
  }

  /** All of it is to be read once more. */
  again(): void {
    this.#iterator = undefined
    this.#isBehind = true
  }

  nextWakeAt(): number | undefined {
    return this.#isBehind && !this.#reading ? this.#system?.clock.now() : undefined
  }

  wake(): void {
    if (this.nextWakeAt() === undefined || this.#system === undefined) return
    this.#isBehind = false
    this.#reading = true
    void this.#system.activity.track(this.#read(this.#system))
  }

  async #read(system: System): Promise<void> {
    const { batchSize, sortKeys } = manifest.trigger
    const records = (await this.#newRecords(system)).filter(({ dynamodb }) =>
      sortKeys.some((prefix) => dynamodb?.Keys?.sk?.S?.startsWith(prefix)),
    )
    this.handedOver += records.length
    for (let from = 0; from < records.length; from += batchSize)
      await handler({ Records: records.slice(from, from + batchSize) }, system.contextOf(manifest.name))
    this.#reading = false
  }

  async #newRecords({ clock }: System): Promise<readonly DynamoDBRecord[]> {
    // DynamoDB Local dates them by the machine's clock; here time is the story's.
    const ApproximateCreationDateTime = Math.floor(clock.now() / 1_000)
    const records: DynamoDBRecord[] = []
    this.#iterator ??= await this.#beginning()
    for (let page = await this.#next(); page.Records.length > 0; page = await this.#next())
      records.push(
        ...page.Records.map((one) => ({ ...one, dynamodb: { ...one.dynamodb, ApproximateCreationDateTime } })),
      )
    return records
  }

  async #next(): Promise<Page> {
    const page = await this.#ask<Page>('GetRecords', { ShardIterator: this.#iterator })
    if (page.Records.length > 0) this.#iterator = page.NextShardIterator
    return page
  }

  async #beginning(): Promise<string> {
    const StreamArn = this.#streamArn
    type Described = { readonly StreamDescription: { readonly Shards: readonly { readonly ShardId: string }[] } }
    const { StreamDescription } = await this.#ask<Described>('DescribeStream', { StreamArn })
    const [shard, ...others] = StreamDescription.Shards
    if (shard === undefined || others.length > 0) throw new Error('The stream of a small table has one shard.')
    const from = { StreamArn, ShardId: shard.ShardId, ShardIteratorType: 'TRIM_HORIZON' }
    return (await this.#ask<{ readonly ShardIterator: string }>('GetShardIterator', from)).ShardIterator
  }
}
