import { CommanderError } from 'commander'
import { Refusal } from './client.ts'
import { ERROR, program } from './program.ts'

/** 0 for help; 2 for what was typed; 1 for everything else, in one line unless it is a bug. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  const isExpected = error instanceof Refusal || (error instanceof Error && 'code' in error)
  const text = isExpected ? error.message : error instanceof Error ? error.stack : String(error)
  console.error(`${ERROR} ${text}`)
  return 1
}

// A reader that has seen enough, as `head` has, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

program()
  .parseAsync()
  .catch((error: unknown) => {
    process.exitCode = exitCodeOf(error)
  })
