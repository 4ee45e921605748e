#!/usr/bin/env node
import { run } from './run.js'

run('node_modules/vitest/vitest.mjs', ['run', ...process.argv.slice(2)], {
  after: () =>
    console.log(
      'Not part of npm test: the browser checks, the AWS side on DynamoDB Local, and the stack with its synth and cfn-lint. "npm run verify" runs everything.',
    ),
})
