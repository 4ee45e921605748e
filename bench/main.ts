import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { broadcast } from './figures/broadcast.ts'
import { checkFolder } from './figures/check.ts'
import { conditions } from './figures/conditions.ts'
import { decisions } from './figures/decisions.ts'
import { history } from './figures/history.ts'
import { latency } from './figures/latency.ts'
import { previews } from './figures/previews.ts'
import { wholeProcess } from './figures/process.ts'
import { storeOperations } from './figures/store-operations.ts'
import { throughput } from './figures/throughput.ts'
import { virtualJourney } from './figures/virtual-journey.ts'
import { PROMISES } from './promises.ts'

const MEASURES = [
  throughput,
  broadcast,
  latency,
  virtualJourney,
  history,
  storeOperations,
  wholeProcess,
  checkFolder,
  previews,
  decisions,
  conditions,
]

/** Measures what we promise about speed, and prints it beside the promise. */
const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } })
const figures: Record<string, number> = {}
for (const measure of MEASURES) {
  if (values.only !== undefined && measure.name !== values.only) continue
  process.stderr.write(`${measure.name} …\n`)
  Object.assign(figures, await measure())
}
console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}\n`)
for (const { name, what, atLeast, unit } of PROMISES) {
  const figure = figures[name]
  if (figure === undefined) continue
  const shown = figure >= 100 ? Math.round(figure).toLocaleString('en') : figure.toFixed(2)
  console.log(`${what.padEnd(52)} ${shown.padStart(9)} ${unit.padEnd(8)} (promised ${atLeast})`)
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(figures, null, 2)}\n`)
