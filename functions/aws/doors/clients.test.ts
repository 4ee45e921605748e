import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../clock.ts'
import { patient, unrepeated } from './clients.ts'

const connections = new Set<number | undefined>()
const ses = createServer((request, response) => {
  connections.add(request.socket.remotePort)
  request.resume().on('end', () => response.end('{"MessageId":"m1"}'))
})
beforeAll(() => new Promise<void>((resolve) => ses.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  ses.close()
  ses.closeAllConnections()
})

/** Over how many connections three messages go. */
async function connectionsOf(settingsFor: typeof unrepeated): Promise<number> {
  connections.clear()
  const account = {
    endpoint: `http://127.0.0.1:${(ses.address() as AddressInfo).port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  }
  const http = { request: () => Promise.reject(new Error('asked')) }
  const client = new SESv2Client(settingsFor({ account, clock: systemClock, http }))
  for (const _ of [1, 2, 3]) await client.send(new SendEmailCommand({ Content: {} }))
  client.destroy()
  return connections.size
}

describe('a client of AWS', () => {
  it('that may not ask twice trusts no connection from before', async () => {
    expect(await connectionsOf(unrepeated)).toBe(3)
  })

  it('that may keeps its connection', async () => {
    expect(await connectionsOf(patient as typeof unrepeated)).toBe(1)
  })
})
