import type { AwsCall } from '../contracts/aws/read-request.ts'
import { type AwsAnswer, AwsServer } from './an-aws-server.ts'

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'a secret', sessionToken: 'a session' }

/**
 * One service of AWS, played by a test: `config` is for its client, `plays` says what it answers from then on, and
 * forgets the calls before. All is checked as `AwsServer` says.
 */
export class AwsService {
  readonly calls: AwsCall[] = []
  readonly #server = new AwsServer({
    credentialsOf: (accessKeyId) => (accessKeyId === CREDENTIALS.accessKeyId ? CREDENTIALS : undefined),
    play: ({ call }) => this.#play(call, this.calls.push(call)),
  })
  #play: (call: AwsCall, made: number) => AwsAnswer = () => ({})

  async listen(): Promise<this> {
    await this.#server.listen()
    return this
  }

  get config() {
    return { endpoint: this.#server.url, region: 'eu-west-1', credentials: CREDENTIALS, maxAttempts: 2 }
  }

  plays(play: (call: AwsCall, made: number) => AwsAnswer): void {
    this.calls.length = 0
    this.#play = play
  }

  /** @throws when a request or an answer was none that the real service would take or give. */
  close(): void {
    this.#server.close()
  }

  /** What was wrong so far; told once. */
  takeBroken(): readonly string[] {
    return this.#server.takeBroken()
  }
}
