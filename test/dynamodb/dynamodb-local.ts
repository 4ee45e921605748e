import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { dynamoDbJars } from './dynamodb-jars.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where DynamoDB Local listens. */
    readonly dynamoDb: string
  }
}

/** However the tests go, it is over after so long (ms). */
const LONGEST = 5 * 60_000

let server: ChildProcess | undefined

/** Starts one DynamoDB Local for all test files; each takes tables of its own. */
export async function setup(project: TestProject): Promise<void> {
  const program = join(import.meta.dirname, 'DynamoDbOnLoopback.java')
  server = spawn('java', ['-Xmx768m', '-cp', join(dynamoDbJars(), '*'), program], {
    // It sends usage data otherwise.
    env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' },
    timeout: LONGEST,
    killSignal: 'SIGKILL',
  })
  project.provide('dynamoDb', `http://127.0.0.1:${await portOf(server)}`)
}

export async function teardown(): Promise<void> {
  if (server === undefined || server.exitCode !== null) return
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
