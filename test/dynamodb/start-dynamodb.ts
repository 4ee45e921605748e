import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { dynamoDbJars } from './dynamodb-jars.ts'

/** However its users go, it is over after so long (ms). */
const LONGEST = 10 * 60_000

export interface DynamoDb {
  /** Where it listens. */
  readonly endpoint: string
  stop(): Promise<void>
}

/** Starts DynamoDB Local on a free port of this machine; everybody is to make tables of their own. */
export async function startDynamoDb(): Promise<DynamoDb> {
  const program = join(import.meta.dirname, 'DynamoDbOnLoopback.java')
  const server = spawn('java', ['-Xmx768m', '-cp', join(dynamoDbJars(), '*'), program], {
    // It sends usage data otherwise.
    env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' },
    timeout: LONGEST,
    killSignal: 'SIGKILL',
  })
  return { endpoint: `http://127.0.0.1:${await portOf(server)}`, stop: () => stop(server) }
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return
  const ended = once(server, 'exit')
  server.kill('SIGKILL')
  await ended
}

function portOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = ''
    const listen = (chunk: Buffer): void => {
      said += String(chunk)
      const [, port] = /listening on (\d+)\n/.exec(said) ?? []
      if (port !== undefined) resolve(port)
    }
    child.stdout?.on('data', listen)
    child.stderr?.on('data', listen)
    child.once('error', ({ message }) => reject(new Error(`DynamoDB Local needs Java 17: ${message}`)))
    child.once('exit', () => reject(new Error(`DynamoDB Local ended before it listened. It needs Java 17: ${said}`)))
  })
}
