import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Acceptance } from '#shared/recording/doors/accept-events.ts'

const MAIN = fileURLToPath(new URL('../../local/main.ts', import.meta.url))

/** The embedded system as everybody starts it, in a process of its own that can be killed. */
export class ServerProcess {
  readonly #child: ChildProcess
  readonly #url: string
  readonly #token: string

  private constructor(child: ChildProcess, url: string, token: string) {
    this.#child = child
    this.#url = url
    this.#token = token
  }

  /** Resolves when it listens. */
  static async start(folder: string): Promise<ServerProcess> {
    const args = [MAIN, '--empty', '--port', '0', '--data', folder]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    const listening = new Promise<string>((resolve, reject) => {
      const listen = (chunk: Buffer): void => {
        said += String(chunk)
        const [url] = /http:\/\/127\.0\.0\.1:\d+/.exec(said) ?? []
        if (url !== undefined) resolve(url)
      }
      child.stdout?.on('data', listen)
      child.stderr?.on('data', listen)
      child.once('exit', () => reject(new Error(`The process ended before it listened: ${said}`)))
    })
    const url = await listening
    return new ServerProcess(child, url, readFileSync(join(folder, 'token'), 'utf8').trim())
  }

  /** What became of each event; throws when the process ended before it answered. */
  async send(events: readonly object[]): Promise<readonly Acceptance[]> {
    const body = JSON.stringify({ events })
    return (await this.#ask<{ readonly events: readonly Acceptance[] }>('/v1/events', { method: 'POST', body })).events
  }

  /** The texts in the outbox, oldest first. */
  async arrived(): Promise<readonly string[]> {
    type Answer = { readonly messages: readonly { readonly content: { readonly text: string } }[] }
    const { messages } = await this.#ask<Answer>('/local/outbox?limit=1000')
    return messages.map(({ content }) => content.text.trim()).toReversed()
  }

  async #ask<T>(path: string, request: RequestInit = {}): Promise<T> {
    const headers = { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' }
    return (await fetch(this.#url + path, { ...request, headers })).json() as Promise<T>
  }

  /** Ends at this moment, whatever it is doing; nothing of it runs afterwards. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const gone = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await gone
  }
}
