import { mkdtempSync } from 'node:fs'
import { System } from '#local/system.ts'
import { readBrandFiles } from '#local/brand-files.ts'
import { readBrandFolder } from '#shared/journeys/brand-folder.ts'
import { publishBrandFolder } from '#shared/journeys/publish.ts'
import { instantAt } from '#shared/time/zones.ts'
import { makeDay } from './demo/day.ts'
import { Audience } from './demo/reactions.ts'
import { play } from './demo/play.ts'
const midnight = instantAt('2026-11-21', '00:00', 'Europe/Copenhagen')
const seed = '1'
const day = makeDay({ seed, customers: 400, midnight })
const start = midnight + 6 * 3600e3
const folder = mkdtempSync('/tmp/kaffi-')
let n = 0
const system = new System({ folder, publicUrl: 'http://127.0.0.1:4700', realNow: () => start, wrapWorld: (w) => ({ ...w, ids: { next: () => `c${String(++n).padStart(6, '0')}` } }) })
system.startStepped()
const r = await readBrandFolder(readBrandFiles('/work/main/examples/kaffi'))
if (!r.ok) throw new Error('bad')
await publishBrandFolder(system.world, r.folder)
const t = performance.now()
const accepted = await play({ system, day, audience: new Audience({ seed, midnight, people: day.people }), midnight, until: midnight + 4 * 24 * 3600e3, onHour: async (at) => { console.log(new Date(at).toISOString(), ((performance.now() - t)/1000).toFixed(1), system.outbox.count(), n) } })
console.log(accepted)
const { items } = await system.world.table.query({ pk: 'S', prefix: 'DAY#', limit: 1000 })
const sum: Record<string, number> = {}
for (const i of items) for (const [k, v] of Object.entries(i)) if (typeof v === 'number') sum[k] = (sum[k] ?? 0) + v
console.log(Object.fromEntries(Object.entries(sum).sort()))
console.log(folder)
await system.stop()
