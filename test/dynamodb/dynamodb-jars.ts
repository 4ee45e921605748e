import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync } from 'node:fs'
import { join } from 'node:path'

const POM = join(import.meta.dirname, 'pom.xml')
const CACHE = join(import.meta.dirname, '../../node_modules/.cache/dynamodb-local')

/** The first time it is 50 MB to download. */
const LONGEST = 5 * 60_000

/** The folder with the jars of DynamoDB Local, which Maven fetches when they are not there yet. */
export function dynamoDbJars(): string {
  const folder = join(CACHE, createHash('sha256').update(readFileSync(POM)).digest('hex').slice(0, 16))
  if (existsSync(folder)) return folder
  mkdirSync(CACHE, { recursive: true })
  const unfinished = mkdtempSync(`${folder}-`)
  const copy = ['--quiet', '--batch-mode', '--file', POM, 'dependency:copy-dependencies']
  const { status, error, stdout } = spawnSync('mvn', [...copy, `-DoutputDirectory=${unfinished}`], {
    encoding: 'utf8',
    timeout: LONGEST,
  })
  if (status !== 0)
    throw new Error(`Maven could not fetch DynamoDB Local. It needs Maven and Java 17. ${error?.message ?? stdout}`)
  renameSync(unfinished, folder)
  return folder
}
