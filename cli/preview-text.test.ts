import { readFileSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from 'vitest'
import { readBrandFiles } from '#local/brand-files.ts'
import { readAnswer } from '#local/preview/answers.ts'
import { draftFiles } from '#local/preview/draft-files.ts'
import { everyWay } from '#local/preview/every-way.ts'
import { type PreviewRequest, preview } from '#local/preview/preview.ts'
import { readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { previewText } from './preview-text.ts'
import { waysText } from './ways-text.ts'

const FILES = readBrandFiles('examples/kaffi')
const ADA: unknown = JSON.parse(readFileSync('examples/kaffi/people/ada.json', 'utf8'))

const PAGE = readFileSync('docs/how-to/preview-a-journey.md', 'utf8')

async function kaffi(journey: string, more: Partial<PreviewRequest> = {}): Promise<PreviewRequest> {
  const reading = await readBrandFolder(draftFiles(FILES, journey))
  if (!reading.ok) throw new Error('The demo brand reads well.')
  const at = Date.parse('2026-11-21T15:38:00Z')
  return { folder: reading.folder, journey, person: { events: [ADA] }, at, ...more }
}

async function textOf(request: PreviewRequest, width = 80): Promise<string> {
  return stripVTControlCharacters(previewText(await preview(request), width))
}

describe('a preview in the terminal', () => {
  it('stays within the columns it is given, and within 80', async () => {
    const request = await kaffi('welcome')
    for (const width of [60, 80, 200])
      for (const line of (await textOf(request, width)).split('\n'))
        if (!/https:|[✓✗]/.test(line)) expect(line.length).toBeLessThanOrEqual(Math.min(width, 80))
  })
})

describe('the page about previews', () => {
  it('shows what the commands print', async () => {
    const entry = { properties: { order_id: 'K1', total: 10.8 } }
    const answers = ['order-reminder: opened after 2 hours', 'product.viewed after 20 hours'].map(readAnswer)
    expect(PAGE).toContain(await textOf(await kaffi('abandoned-order', { entry, answers })))
    expect(PAGE).toContain(await textOf(await kaffi('points-expiring')))
    expect(PAGE).toContain(stripVTControlCharacters(waysText(await everyWay(await kaffi('order-ahead')), 80)))
  })
})
