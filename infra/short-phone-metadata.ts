import type { Plugin } from 'esbuild'
import type { MetadataJson } from 'libphonenumber-js/core'

/** Where a country's entry says how its numbers are written at home. */
const FORMATS = 4

/** What it takes to read numbers and to know their country: not how they are written at home, which is most of it. */
export function withoutFormats(metadata: MetadataJson): MetadataJson {
  // The library's type of a country says less than it holds.
  const countries = Object.entries(metadata.countries) as unknown as readonly [string, readonly unknown[]][]
  const short = countries.map(([name, country]) => [name, country.map((part, at) => (at === FORMATS ? 0 : part))])
  return { ...metadata, countries: Object.fromEntries(short) }
}

/** We compare numbers and show them as they are dialled from anywhere, so a bundle does without the rest. */
export const shortPhoneMetadata: Plugin = {
  name: 'short-phone-metadata',
  setup: ({ onLoad }) => {
    onLoad({ filter: /libphonenumber-js.metadata\.min\.json\.js$/ }, async ({ path }) => {
      const { default: metadata } = await import(path)
      return { contents: `export default ${JSON.stringify(withoutFormats(metadata))}` }
    })
  },
}
