import { afterEach, beforeEach, expect, inject } from 'vitest'
import { standOn } from '#test/builders/a-system.ts'
import { aTemplate, EVERYTHING } from '../infra/a-template.ts'
import { type Aws, anAws } from './an-aws.ts'
import { deployedFunctions } from './deployed-functions.ts'
import { isAllowed } from './policy.ts'
import { TOLD_OTHERWISE } from './told-otherwise.ts'

/*
 * The scenarios once more, each function at AWS's doors: they end as they do in memory, and nothing is done that the
 * role of the function that does it does not allow.
 */

const deployed = deployedFunctions(aTemplate(EVERYTHING))
const opened: Aws[] = []

standOn(async () => {
  const aws = await anAws(inject('dynamoDb'))
  opened.push(aws)
  return aws
})

beforeEach(({ task, skip }) => {
  const reason = TOLD_OTHERWISE[task.name]
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
  const statements = deployed.get(name)?.statements
  if (statements === undefined) return []
  return rights.filter((right) => !isAllowed(right, statements)).map(({ action }) => `${name}: ${action}`)
}
