import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'test/aws/**', 'test/console/**', 'test/dynamodb/**', 'test/infra/**'],
    testTimeout: 20_000,
    // Files share what they import, which halves the time; none may change it.
    isolate: false,
  },
})
