import { afterEach, beforeEach, expect, inject } from 'vitest'
import { standOn } from '#test/builders/a-system.ts'
import { aTemplate, EVERYTHING } from '../infra/a-template.ts'
import { type Aws, anAws, OUTSIDE } from './an-aws.ts'
import { deployedFunctions } from './deployed-functions.ts'
import { isAllowed } from './policy.ts'

/*
 * The scenarios once more, each function at AWS's doors: they end as they do in memory, and nothing is done that the
 * role of the function that does it does not allow.
 */

/** Those that are not told there, by their titles, and why. */
const NOT_TOLD: Readonly<Record<string, string>> = { 'obeys STOP': 'AWS itself answers STOP' }

const deployed = deployedFunctions(aTemplate(EVERYTHING))
const opened: Aws[] = []

standOn(async () => {
  const aws = await anAws(inject('dynamoDb'))
  opened.push(aws)
  return aws
})

beforeEach(({ task, skip }) => {
  const reason = NOT_TOLD[task.name]
  if (reason !== undefined) skip(reason)
})

afterEach(() => {
  const stages = opened.splice(0)
  for (const { close } of stages) close()
  const denied = stages.flatMap(({ calls }) => calls.flatMap(deniedOf))
  expect([...new Set(denied)]).toEqual([])
})

/** What the role of the function that made a call does not allow of it. */
function deniedOf({ function: name, rights }: Aws['calls'][number]): readonly string[] {
  if (name === OUTSIDE) return []
  const statements = deployed.get(name)?.statements ?? []
  return rights.filter((right) => !isAllowed(right, statements)).map(({ action }) => `${name}: ${action}`)
}
