import { defineConfig } from 'vitest/config'

/** Told in memory, and once more on AWS as far as it can be had on this machine. Each life costs half a second there. */
const TOLD_AGAIN = [
  ...['abandoned-order', 'await', 'decisions', 'entry-rules', 'hand-over', 'identity', 'large-events'],
  ...['missing-provider', 'repeat', 'update', 'wait-until', 'when-it-goes-out'],
]

export default defineConfig({
  test: {
    include: TOLD_AGAIN.map((name) => `test/scenarios/${name}.test.ts`),
    globalSetup: 'test/dynamodb/dynamodb-local.ts',
    setupFiles: 'test/aws/scenarios-on-aws.ts',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
