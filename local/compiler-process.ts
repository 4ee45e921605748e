import { messageOf } from '#shared/errors/errors.ts'
import { readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import type { CompilerTasks } from './compiler.ts'

const tasks: CompilerTasks = { readFolder: readBrandFolder }

/** Nobody is left to answer to. */
process.on('disconnect', () => process.exit())

interface Request {
  readonly id: number
  readonly task: keyof CompilerTasks
  readonly input: never
}

process.on('message', ({ id, task, input }: Request) => {
  tasks[task](input).then(
    (result) => process.send?.({ id, result }),
    (error: unknown) => process.send?.({ id, error: messageOf(error) }),
  )
})
