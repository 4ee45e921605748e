import { readInstallations } from '#infra/installations.ts'
import { aTemplate } from '#test/infra/a-template.ts'
import { startDynamoDb } from '../../test/dynamodb/start-dynamodb.ts'
import { type Bill, billFor } from './bill.ts'
import { idleUsage, type Template } from './idle.ts'
import { LOADS, type Load } from './load.ts'
import {
  BROADCAST,
  LETTER,
  measureDays,
  measureJourney,
  measureTouchpoints,
  readKaffi,
  readLetter,
} from './measures.ts'
import { PRICED_ON } from './prices.ts'
import { broadcastBill, emailsBill, journeyBill, touchpointsBill } from './report.ts'
import { STORIES } from './stories.ts'

/** Counts what AWS would bill for, on the adapters that are deployed, and prints what it costs. */
const dynamoDb = await startDynamoDb()
try {
  console.log(`US dollars at list prices of us-east-1, ${PRICED_ON}.`)
  await printMillions(dynamoDb.endpoint)
  printIdle()
} finally {
  await dynamoDb.stop()
}

async function printMillions(endpoint: string): Promise<void> {
  const heads = LOADS.map(({ name, perSecond }) => `${name}, ${perSecond}/s`)
  row('\na million …', heads)
  const kaffi = await readKaffi()
  const touchpoints = await measureTouchpoints(endpoint, kaffi)
  const standing = { touchpoints, days: await measureDays(endpoint, kaffi) }
  print('touchpoints', (load) => touchpointsBill(touchpoints, load))

  const letter = await measureJourney(endpoint, await readLetter('when: order.started, key: order_id'), LETTER)
  print('emails of a journey, besides SES', (load) => emailsBill(letter, standing, load))

  const toAll = await readLetter('once: "2026-03-11 15:00", segment: danes')
  const few = await measureJourney(endpoint, toAll, BROADCAST, 40)
  const many = await measureJourney(endpoint, toAll, BROADCAST, 120)
  if (few.sent !== 1 || many.sent !== 1) throw new Error(`The broadcast sent each ${few.sent} and ${many.sent}.`)
  print('emails of a broadcast, besides SES', (load) => broadcastBill({ few, many }, standing, load))

  for (const story of STORIES) {
    const measured = await measureJourney(endpoint, kaffi, story)
    const { journey, sent, watched, count } = measured
    const what = `enrolments, ${journey}: ${watched.transitions / count} transitions, ${sent} sent`
    print(what, (load) => journeyBill(measured, standing, load))
  }
}

function printIdle(): void {
  const [installation] = readInstallations()
  const usage = idleUsage(aTemplate(installation).toJSON() as Template)
  row('\na month in which nothing happens', ['alone', 'beside others'])
  const bills = [billFor(usage, { free: true }), billFor(usage)]
  row(`installation ${installation?.name}`, bills.map(dollarsOf))
  for (const bill of bills) details(bill)
}

/** The details are those of the first load. */
function print(what: string, billAt: (load: Load) => Bill): void {
  const bills = LOADS.map(billAt)
  row(what, bills.map(dollarsOf))
  for (const bill of bills.slice(0, 1)) details(bill)
}

function dollarsOf({ dollars }: Bill): string {
  return dollars.toFixed(2)
}

function details({ lines }: Bill): void {
  for (const { unit, amount, dollars } of lines.filter((line) => line.dollars >= 0.005))
    row(`    ${unit}`, [Math.round(amount).toLocaleString('en'), dollars.toFixed(2)])
}

function row(what: string, cells: readonly string[]): void {
  console.log(what.padEnd(56) + cells.map((cell) => cell.padStart(16)).join(''))
}
