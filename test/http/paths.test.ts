import { describe, expect, it } from 'vitest'
import { catalog } from '#functions/catalog.ts'
import { events } from '#functions/collect-events/events.ts'
import type { Routes } from '#functions/kit/http-app.ts'
import { publishing } from '#functions/publish-brand/publishing.ts'
import { api } from '#functions/serve-api/api.ts'
import { links } from '#functions/serve-links/links.ts'
import { readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'

const ROUTES: Readonly<Record<string, Routes>> = {
  'collect-events': events,
  'serve-links': links,
  'publish-brand': publishing(readBrandFolder),
  'serve-api': api,
}

const HTTP = catalog.flatMap(({ name, trigger }) => (trigger.on === 'http' ? [{ name, paths: trigger.paths }] : []))

/** Where API Gateway sends a request: of all paths that lead to it, the one with the most parts wins. */
function functionAt(path: string): string | undefined {
  const fitting = HTTP.flatMap(({ name, paths }) => paths.map((one) => ({ name, parts: one.split('/') })))
    .filter(({ parts }) => parts.every((part, at) => part.startsWith('{') || part === path.split('/')[at]))
    .sort((one, other) => other.parts.length - one.parts.length)
  return fitting[0]?.name
}

describe('a deployed function', () => {
  it('is here if it answers HTTP', () => {
    expect(HTTP.map(({ name }) => name).sort()).toEqual(Object.keys(ROUTES).sort())
  })

  const all = Object.entries(ROUTES).flatMap(([name, { routes }]) =>
    routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => [name, method, path] as const),
  )

  it.each(all)('%s is asked for %s %s', (name, _, path) => {
    expect(functionAt(path)).toBe(name)
  })
})
