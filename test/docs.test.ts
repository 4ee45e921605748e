import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBrand } from '#shared/brand/brand.ts'
import { describeProblem } from '#shared/documents/document.ts'
import { readJourney } from '#shared/journeys/journey.ts'
import { readSegment } from '#shared/segments/segment.ts'

const ROOT = join(import.meta.dirname, '..')

/** What a reader may meet, as `[path, text]`. */
const PAGES = globSync(['README.md', 'CONTRIBUTING.md', 'docs/**/*.md'], { cwd: ROOT })
  .sort()
  .map((page) => [page, readFileSync(join(ROOT, page), 'utf8')] as const)

const JOURNEYS = documentsOf('journey')
const SEGMENTS = documentsOf('segment')
const BRANDS = documentsOf('brand')

const LINKS = PAGES.flatMap(([page, text]) =>
  [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => [page, link] as const)
    .filter(([, link]) => !/^[a-z]+:/.test(link)),
)

/** The examples of a kind of document, as `[page, name, yaml]`. */
function documentsOf(kind: string): readonly (readonly [page: string, name: string, yaml: string])[] {
  return PAGES.flatMap(([page, text]) =>
    [...text.matchAll(/```yaml\n(.*?)```/gs)]
      .map(([, yaml = '']) => [page, new RegExp(`^${kind}: (\\S+)`).exec(yaml)?.[1] ?? '', yaml] as const)
      .filter(([, name]) => name !== ''),
  )
}

function withoutCode(text: string): string {
  return text.replace(/```.*?```/gs, '').replace(/`[^`\n]*`/g, '')
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(path: string): readonly string[] {
  const headings = readFileSync(path, 'utf8')
    .replace(/```.*?```/gs, '')
    .matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

describe('the journeys in the docs', () => {
  it.each(JOURNEYS)('%s: %s can be read', (page, _, yaml) => {
    const reading = readJourney(page, yaml)
    expect(reading.ok ? [] : reading.problems.map(describeProblem)).toEqual([])
  })

  it('are there', () => {
    expect(JOURNEYS.map(([page]) => page)).toContain('docs/how-to/write-a-journey.md')
  })
})

describe('the segments in the docs', () => {
  it.each(SEGMENTS)('%s: %s can be read', (page, _, yaml) => {
    const reading = readSegment(page, yaml)
    expect(reading.ok ? [] : reading.problems.map(describeProblem)).toEqual([])
  })

  it('are there', () => {
    expect(SEGMENTS.map(([page]) => page)).toContain('docs/how-to/segments.md')
  })
})

/** What `docs/what-goes-wrong.md` promises, as `[file, title]` of the test that shows it. */
const SHOWN = PAGES.filter(([page]) => page === 'docs/what-goes-wrong.md').flatMap(([, text]) =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (---|what goes wrong)/.test(line))
    .map((line) => /\]\(\.\.\/([^)]+)\): "(.+)" \|$/.exec(line)?.slice(1, 3) ?? [line, '']),
)

describe('what is promised where others fail', () => {
  it.each(SHOWN)('is shown by %s: %s', (file, title) => {
    expect(readFileSync(join(ROOT, file), 'utf8')).toContain(title)
  })

  it('is there', () => {
    expect(SHOWN.length).toBeGreaterThan(12)
  })
})

describe('the brands in the docs', () => {
  it.each(BRANDS)('%s: %s can be read', (page, _, yaml) => {
    const reading = readBrand(page, yaml)
    expect(reading.ok ? [] : reading.problems.map(describeProblem)).toEqual([])
  })

  it('are there', () => {
    expect(BRANDS.map(([page]) => page)).toContain('docs/how-to/write-a-message.md')
  })
})

describe('the links in the docs', () => {
  it.each(LINKS)('%s: %s leads somewhere', (page, link) => {
    const [file = '', anchor] = link.split('#')
    const path = file === '' ? join(ROOT, page) : join(ROOT, dirname(page), file)
    expect(existsSync(path), `${path} exists`).toBe(true)
    if (anchor !== undefined) expect(anchorsOf(path)).toContain(anchor)
  })
})
