import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** At $THROUGHLINE_CHROMIUM, or where distributions put it; without one what needs it is skipped. */
export const CHROMIUM = [
  process.env.THROUGHLINE_CHROMIUM ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
].find((path) => existsSync(path))
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

if (CHROMIUM === undefined)
  console.warn('Tests of pages are skipped: no Chromium was found; name one in THROUGHLINE_CHROMIUM.')

export function launch(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM ?? '', args: FLAGS })
}
