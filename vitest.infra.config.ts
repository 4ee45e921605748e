import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/infra/**/*.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Templates are read, not changed: what one file has made, the next looks at.
    isolate: false,
  },
})
