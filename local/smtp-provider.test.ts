import type { AddressInfo } from 'node:net'
import { createServer, type Server, type Socket } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { isNamed } from '#shared/errors/errors.ts'
import { anEmail } from '#test/builders/an-outgoing.ts'
import { smtpProvider } from './smtp-provider.ts'

const cleanUp: (() => unknown)[] = []
afterEach(async () => {
  for (const work of cleanUp.splice(0).reverse()) await work()
})

function provider(url: string, timeout = 2_000) {
  const made = smtpProvider({ url, timeout })
  cleanUp.push(() => made.close())
  return made
}

/** A mail server that takes everything, unless `options` say otherwise. */
async function aServer(options: SMTPServerOptions = {}) {
  const mails: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString())
        done()
      })
    },
    ...options,
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUp.push(() => new Promise<void>((resolve) => server.close(resolve)))
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, mails }
}

/** A server that follows a script: what it answers to each line, and when it hangs up. */
async function aScriptedServer(answer: (line: string, socket: Socket) => string | undefined) {
  const lines: string[] = []
  const server: Server = createServer((socket) => {
    socket.on('error', () => {})
    socket.write('220 hello\r\n')
    socket.on('data', (chunk) => {
      for (const line of chunk.toString().split('\r\n').filter(Boolean)) {
        lines.push(line)
        const said = answer(line, socket)
        if (said !== undefined) socket.write(`${said}\r\n`)
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUp.push(() => new Promise((resolve) => server.close(resolve)))
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, lines }
}

const thrown = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

const refusing = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode })

describe('smtpProvider', () => {
  it('declares that nothing tells what became of a message', () => {
    expect(provider('smtp://127.0.0.1:1')).toMatchObject({ name: 'smtp', idempotency: 'none' })
  })

  it('sends the same mail with its headers and both of its parts', async () => {
    const { url, mails } = await aServer()
    expect(await provider(url).deliver(anEmail())).toEqual({
      outcome: 'accepted',
      providerId: expect.stringContaining('@'),
    })
    expect(mails).toHaveLength(1)
    const mail = await PostalMime.parse(mails[0] ?? '')
    expect(mail).toMatchObject({
      from: { name: 'Kaffi', address: 'hello@kaffi.example' },
      to: [{ address: 'ada@example.org' }],
      replyTo: [{ address: 'care@kaffi.example' }],
      subject: 'Your order waits ☕',
    })
    expect(mail.html?.trim()).toBe('<p>Hello Åda</p>')
    expect(mail.text?.trim()).toBe('Hello Åda')
    const headers = Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]))
    expect(headers).toMatchObject({
      'list-unsubscribe': '<https://kaffi.example/u/token>',
      'list-unsubscribe-post': 'List-Unsubscribe=One-Click',
      'x-dispatch': 'dsp_1',
    })
  })

  it('lets no line break of a subject begin another header', async () => {
    const { url, mails } = await aServer()
    const content = { ...anEmail().content, subject: 'Hi\r\nBcc: eve@example.org' }
    await provider(url).deliver(anEmail({ content }))
    const mail = await PostalMime.parse(mails[0] ?? '')
    expect(mail.bcc ?? []).toEqual([])
    expect(mail.headers.map(({ key }) => key)).not.toContain('bcc')
  })

  it('uses its connections again', async () => {
    let connections = 0
    const { url, mails } = await aServer({
      onConnect(_, done) {
        connections += 1
        done()
      },
    })
    const smtp = provider(url)
    for (let index = 0; index < 5; index += 1) await smtp.deliver(anEmail({ dispatch: `dsp_${index}` }))
    expect([mails.length, connections]).toEqual([5, 1])
  })

  it.each([
    [550, '5.1.1 no such user', true],
    [550, '5.7.1 not wanted', false],
    [552, '5.2.2 mailbox full', false],
  ])('answers refused to %i %s', async (code, text, suppress) => {
    const { url } = await aServer({ onRcptTo: (_, __, done) => done(refusing(code, text)) })
    expect(await provider(url).deliver(anEmail())).toEqual({ outcome: 'refused', reason: `smtp-${code}`, suppress })
  })

  it('answers refused when the content is refused, after all of it was read', async () => {
    const { url } = await aServer({
      onData(stream, _, done) {
        stream.resume()
        stream.on('end', () => done(refusing(554, '5.6.0 spam')))
      },
    })
    expect(await provider(url).deliver(anEmail())).toEqual({ outcome: 'refused', reason: 'smtp-554', suppress: false })
  })

  it.each([
    [
      'the recipient is put off',
      { onRcptTo: (_: unknown, __: unknown, done: (error: Error) => void) => done(refusing(451, '4.7.1 later')) },
    ],
    [
      'the sender is put off',
      { onMailFrom: (_: unknown, __: unknown, done: (error: Error) => void) => done(refusing(421, '4.3.2 closing')) },
    ],
    ['it wants a login', { authOptional: false }],
  ])('throws Unavailable when %s', async (_, options) => {
    const { url, mails } = await aServer(options)
    const error = await thrown(provider(url).deliver(anEmail()))
    expect(isNamed(error, 'Unavailable') && error.code).toBe('provider.not-taken')
    expect(JSON.stringify(isNamed(error, 'Unavailable') && [error.message, error.details])).not.toContain('ada@')
    expect(mails).toHaveLength(0)
  })

  it('throws Unavailable when nobody listens, or says hello', async () => {
    expect(isNamed(await thrown(provider('smtp://127.0.0.1:1').deliver(anEmail())), 'Unavailable')).toBe(true)
    const mute = createServer((socket) => socket.on('error', () => {}))
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    cleanUp.push(() => new Promise((resolve) => mute.close(resolve)))
    const url = `smtp://127.0.0.1:${(mute.address() as AddressInfo).port}`
    expect(isNamed(await thrown(provider(url, 200).deliver(anEmail())), 'Unavailable')).toBe(true)
  })

  it('throws Unavailable when the connection is lost before anything of the mail was sent', async () => {
    const { url } = await aScriptedServer((line, socket) => {
      if (/^(EHLO|MAIL)/.test(line)) return '250 ok'
      socket.destroy()
      return undefined
    })
    expect(isNamed(await thrown(provider(url).deliver(anEmail())), 'Unavailable')).toBe(true)
  })

  it.each([
    ['is lost after the mail was sent', (socket: Socket) => void socket.destroy()],
    ['is silent after the mail was sent', () => {}],
  ])('does not know what became of a mail when the server %s, and sends it once', async (_, end) => {
    const { url, lines } = await aScriptedServer((line, socket) => {
      if (line === 'DATA') return '354 go on'
      if (line === '.') return end(socket) as undefined
      return /^(EHLO|MAIL|RCPT)/.test(line) ? '250 ok' : undefined
    })
    const error = await thrown(provider(url, 300).deliver(anEmail()))
    expect(error).toBeInstanceOf(Error)
    expect(isNamed(error, 'Unavailable')).toBe(false)
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(lines.filter((line) => line === '.')).toHaveLength(1)
  })
})
