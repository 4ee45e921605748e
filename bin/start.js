#!/usr/bin/env node
import { run } from './run.js'

run('local/main.ts', process.argv.slice(2))
