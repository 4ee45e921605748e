import { describe, expect, it, onTestFinished } from 'vitest'
import { endState } from '#test/crash/end-state.ts'
import { segmentStories } from '#test/crash/segment-stories.ts'
import { steeredStories } from '#test/crash/steered-stories.ts'
import { stories } from '#test/crash/stories.ts'
import { type Story, stage, type Telling, tell } from '#test/crash/story.ts'
import { aDynamoDbWorld } from './a-dynamodb-world.ts'

/*
 * The stories that the crash tests tell, with their rows in DynamoDB: they end as they do on one machine. The index of
 * DynamoDB Local is never behind its table; that one may be is what the functions reckon with, not what is tested here.
 */

async function onDynamoDb(story: Story): Promise<Telling> {
  const { wrapWorld, join, close } = await aDynamoDbWorld()
  onTestFinished(close)
  const telling = await stage(story, { wrapWorld })
  join(telling.system)
  return telling
}

/** Without the counters: they are kept from the feed of the embedded table, which sees nothing of these rows. */
async function endOf(story: Story, telling: Telling) {
  await tell(story, telling)
  const { counters: _, ...end } = await endState(telling)
  await telling.system.stop()
  return end
}

describe.each([...stories, ...steeredStories, ...segmentStories])('$name', (story) => {
  it('ends as it does on one machine', async () => {
    const expected = await endOf(story, await stage(story))
    expect(expected.timeline.length).toBeGreaterThan(0)
    expect(await endOf(story, await onDynamoDb(story))).toEqual(expected)
  })
})
