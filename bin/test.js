#!/usr/bin/env node
import { run } from './run.js'

run('node_modules/vitest/vitest.mjs', ['run', ...process.argv.slice(2)], {
  after: () =>
    console.log(
      'Not part of npm test: the browser checks, DynamoDB Local and the CDK synth. "npm run verify" runs everything.',
    ),
})
