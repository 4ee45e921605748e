import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/aws/**/*.test.ts', 'test/dynamodb/**/*.test.ts'],
    globalSetup: 'test/dynamodb/dynamodb-local.ts',
    testTimeout: 60_000,
    hookTimeout: 30_000,
  },
})
