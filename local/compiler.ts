import { type ChildProcess, fork } from 'node:child_process'
import type { Files, FolderReading } from '#shared/journeys/folder/brand-folder.ts'

/** What the process can be asked for, by name. */
export interface CompilerTasks {
  readFolder(files: Files): Promise<FolderReading>
}

interface Answer {
  readonly id: number
  readonly result?: unknown
  readonly error?: string
}

const IDLE = 1_000

/**
 * Does what only publishing needs (MJML) in a process of its own, which ends when it
 * has been idle for a second and gives back its memory, which is more than that of all the rest.
 */
export class Compiler implements CompilerTasks {
  #process: ChildProcess | undefined
  #idle: NodeJS.Timeout | undefined
  #begun: { readonly files: Files; readonly reading: Promise<FolderReading> } | undefined
  #nextId = 0
  readonly #waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()

  /** Starts to read a folder that somebody will ask for soon. */
  begin(files: Files): void {
    const reading = this.#ask<FolderReading>('readFolder', files)
    reading.catch(() => {}) // whoever asks for it is told
    this.#begun = { files, reading }
  }

  readFolder(files: Files): Promise<FolderReading> {
    const begun = this.#begun
    this.#begun = undefined
    return begun?.files === files ? begun.reading : this.#ask('readFolder', files)
  }

  #ask<T>(task: keyof CompilerTasks, input: Files): Promise<T> {
    clearTimeout(this.#idle)
    this.#process ??= this.#open()
    const id = this.#nextId++
    const answer = new Promise<T>((resolve, reject) => this.#waiting.set(id, { resolve, reject }))
    this.#process.send({ id, task, input })
    return answer
  }

  #open(): ChildProcess {
    const child = fork(new URL('./compiler-process.ts', import.meta.url))
    child.on('message', (answer: Answer) => this.#settle(answer))
    child.on('error', (error) => this.#fail(error))
    child.on('exit', () => {
      if (this.#process === child) this.#fail(new Error('The compiler ended before it answered.'))
    })
    return child
  }

  #settle({ id, result, error }: Answer): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (error === undefined) waiting?.resolve(result as never)
    else waiting?.reject(new Error(error))
    if (this.#waiting.size === 0) this.#idle = setTimeout(() => this.close(), IDLE)
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error)
    this.#waiting.clear()
    this.#process = undefined
  }

  close(): void {
    clearTimeout(this.#idle)
    this.#process?.kill()
    this.#process = undefined
  }
}
