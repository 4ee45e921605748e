import type { DynamoDBRecord } from 'aws-lambda'

type AskStream = <Answer>(operation: string, body: object) => Promise<Answer>

interface Page {
  readonly Records: readonly DynamoDBRecord[]
  readonly NextShardIterator?: string
}

/** Reads the stream of a small table, from its beginning on. */
export class StreamReader {
  readonly #ask: AskStream
  readonly #streamArn: string
  #iterator: string | undefined

  constructor(streamArn: string, ask: AskStream) {
    this.#streamArn = streamArn
    this.#ask = ask
  }

  /** All of it is to be read once more. */
  again(): void {
    this.#iterator = undefined
  }

  /** What was written since the last look. @param now epoch ms: DynamoDB Local dates records by the machine's clock */
  async newRecords(now: number): Promise<readonly DynamoDBRecord[]> {
    const ApproximateCreationDateTime = Math.floor(now / 1_000)
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
