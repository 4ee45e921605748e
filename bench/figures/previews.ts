import { spawnSync } from 'node:child_process'
import { readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { readBrandFiles } from '../../local/brand-files.ts'
import { draftFiles } from '../../local/preview/draft-files.ts'
import { invent } from '../../local/preview/person.ts'
import { preview } from '../../local/preview/preview.ts'
import { median } from '../stage.ts'

const STARTS = 3
const PREVIEWS = 50
const JOURNEY = 'abandoned-order'
const KAFFI = new URL('../../examples/kaffi', import.meta.url).pathname
const THROUGHLINE = new URL('../../bin/throughline.js', import.meta.url).pathname

/** What a marketer waits for who previews a draft of the demo brand, and what each further customer takes. */
export async function previews(): Promise<Record<string, number>> {
  const reading = await readBrandFolder(draftFiles(readBrandFiles(KAFFI), JOURNEY))
  if (!reading.ok) throw new Error('The demo brand reads well.')
  const { folder } = reading
  const at = Date.parse('2026-11-21T10:00:00Z')
  const person = invent(folder.brand, {})
  const once = async (): Promise<number> => {
    const began = performance.now()
    await preview({ folder, journey: JOURNEY, person, at, entry: { properties: { total: 9 } } })
    return performance.now() - began
  }
  await once()
  const times: number[] = []
  for (let count = 0; count < PREVIEWS; count++) times.push(await once())
  return {
    previewSeconds: median(Array.from({ length: STARTS }, secondsToPreview)),
    previewMs: median(times),
  }
}

function secondsToPreview(): number {
  const began = performance.now()
  const args = [THROUGHLINE, 'preview', JOURNEY, '--folder', KAFFI, '--property', 'total=9']
  const { status, stderr } = spawnSync(process.execPath, args)
  if (status !== 0) throw new Error(String(stderr))
  return (performance.now() - began) / 1_000
}
