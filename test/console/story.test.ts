import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type LocalServer, listen } from '#local/server.ts'
import { introduce, type Persona } from '#local/story/persona.ts'
import { story } from '#local/story/story.ts'
import { System } from '#local/system.ts'
import { QUIET } from '#test/builders/a-system.ts'
import { CHROMIUM, launch } from './chromium.ts'
import { faintColours } from './faint-colours.ts'
import { KAFFI, publishKaffi } from './publish-kaffi.ts'

/*
 * The story page as people meet it: a real browser, the real server, the demo brand.
 */

/** A Saturday afternoon in Copenhagen, from which the clock runs on. */
const AFTERNOON = Date.parse('2026-11-21T13:20:00Z')

/** From the click to what it led to, with much to spare for a busy machine. */
const A_MOMENT = 3_000

async function startStory(): Promise<{ readonly system: System; readonly server: LocalServer }> {
  const began = Date.now()
  const system = new System({
    publicUrl: 'http://127.0.0.1:4700',
    log: QUIET,
    realNow: () => AFTERNOON + Date.now() - began,
  })
  const persona = JSON.parse(readFileSync(join(KAFFI, 'people', 'ada.json'), 'utf8')) as Persona
  await publishKaffi(system)
  const server = await listen(system, 0, { page: story(system, persona) })
  system.start()
  await introduce(system, persona)
  await system.clock.advance(0)
  return { system, server }
}

describe.skipIf(CHROMIUM === undefined)('the story page', () => {
  let browser: Browser
  let system: System
  let server: LocalServer

  beforeAll(async () => {
    browser = await launch()
    ;({ system, server } = await startStory())
  })

  afterAll(async () => {
    await browser.close()
    await server.close()
    await system.stop()
  })

  /** A window of its own on the same story; what the browser complains about fails the test. */
  async function open(width = 1_440, height = 900): Promise<{ readonly page: Page; readonly complaints: string[] }> {
    const context = await browser.newContext({ viewport: { width, height }, reducedMotion: 'reduce' })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    await page.goto(`http://127.0.0.1:${server.port}/`)
    return { page, complaints }
  }

  const step = (page: Page): Promise<string | null> => page.locator('.guide [aria-current=step]').textContent()
  const suggested = async (page: Page, act: string): Promise<void> => {
    await page.locator(`#act-${act}.suggested:enabled`).click()
  }
  const last = (page: Page) => page.locator('.moment').last()

  it('shows a notification within a moment of the skipped hour, and her opening it', async () => {
    const { page, complaints } = await open()
    expect(await step(page)).toContain('Start an order')
    await suggested(page, 'order')
    await page.locator('.waiting', { hasText: 'Then the order reminder goes out by push' }).waitFor()
    await suggested(page, 'skip')
    await page.locator('.pushes button', { hasText: 'Your basket is still here' }).waitFor({ timeout: A_MOMENT })
    await last(page).locator('.reason', { hasText: 'Sent because she said yes to offers by push' }).waitFor()
    await page.locator('.pushes button').first().click()
    await page.locator('.moment .title', { hasText: 'Opened “Your basket is still here”' }).waitFor()
    await page.locator('#says', { hasText: 'Phone: Opened' }).waitFor({ state: 'attached' })
    expect(await page.locator('.guide li.done').count()).toBe(4)
    expect(complaints).toEqual([])
  })

  it('shows in every window that a purchase in the store keeps the reminder back', async () => {
    const [hers, other] = await Promise.all([open(), open(390, 844)])
    await suggested(hers.page, 'order')
    await hers.page.locator('.guide li.now', { hasText: 'Skip the wait' }).waitFor()
    await hers.page.locator('#act-buy').click()
    for (const { page, complaints } of [hers, other]) {
      await page.locator('.prevented .title', { hasText: 'The order reminder will not go out' }).waitFor()
      await page.locator('.reason', { hasText: 'Not sent because she has bought meanwhile' }).waitFor()
      expect(complaints).toEqual([])
    }
  })

  it('renders a mail in a frame that can do nothing, and opening it is opening it', async () => {
    const { page, complaints } = await open()
    await page.getByLabel('She allows notifications').click()
    await page.locator('.moment .title', { hasText: 'Turned notifications off' }).waitFor()
    await page.locator('#act-order').click()
    // The day's only offer has gone out, so the next one is held until tomorrow.
    for (const _ of ['an hour', 'a day']) {
      const before = await page.locator('#act-skip small').textContent()
      await page.locator('#act-skip').click()
      await page
        .locator('#act-skip small')
        .filter({ hasNotText: before ?? '' })
        .waitFor()
    }
    await page.locator('.mail.unread summary', { hasText: 'Your basket is still here' }).waitFor()
    await page.locator('#act-open').click()
    const frame = page.locator('.mail iframe')
    expect([await frame.getAttribute('sandbox'), await frame.getAttribute('src')]).toEqual(['', null])
    await page.frameLocator('.mail iframe').getByText('Where you left off.').waitFor()
    await page.locator('.moment .title', { hasText: 'Opened “Your basket is still here”' }).nth(1).waitFor()
    expect(await page.locator('.mail.opened[open]').count()).toBe(1)
    expect(complaints).toEqual([])
  })

  it('has a desk for whoever answers her complaint, while offers wait', async () => {
    const [hers, other] = await Promise.all([open(), open(390, 844)])
    const { page } = hers
    await page.locator('#act-complain').click()
    await page.locator('.care .mute', { hasText: 'Marketing is muted' }).waitFor()
    // She came back to the shop, so the journey of her last basket would make her an offer now.
    await suggested(page, 'order')
    await page.locator('.care .mute', { hasText: '1 held' }).waitFor()
    await page.locator('.held .reason', { hasText: 'Held because she waits for an answer of ours' }).waitFor()
    const answer = other.page.locator('.care textarea')
    await answer.fill('The next one is <on us>.')
    await page.locator('#act-look').click()
    await other.page.locator('.moment .title', { hasText: 'Looked at' }).nth(0).waitFor()
    expect(await answer.inputValue()).toBe('The next one is <on us>.')
    await other.page.locator('#act-care.suggested').click()
    await page.locator('.moment .title', { hasText: 'Kaffi answers “The next one is <on us>.”' }).waitFor()
    await page.locator('#act-care.suggested', { hasText: 'Close it' }).click()
    await page.locator('.moment .title', { hasText: 'Mia closed the conversation' }).waitFor()
    await page.locator('.care').waitFor({ state: 'detached' })
    const asked = page.locator('.moment .title', { hasText: 'Kaffi sends “Is all well again?”' })
    const hasCome = (): Promise<boolean> =>
      asked.waitFor({ timeout: 1_500 }).then(
        () => true,
        () => false,
      )
    for (let skips = 0; skips < 8 && !(await hasCome()); skips += 1) await page.locator('#act-skip').click()
    await asked.waitFor()
    for (const { complaints } of [hers, other]) expect(complaints).toEqual([])
  })

  it('takes STOP at her word', async () => {
    const { page } = await open()
    await page.locator('#act-stop').click()
    await page.locator('.reason', { hasText: 'She withdrew her consent: nothing more by SMS.' }).waitFor()
    expect(await page.locator('#act-stop').isDisabled()).toBe(true)
  })

  it('is worked by keyboard alone', async () => {
    const { page } = await open()
    const before = await page.locator('.moment').count()
    for (let tabs = 0; tabs < 60; tabs += 1) {
      await page.keyboard.press('Tab')
      if (await page.evaluate("document.activeElement?.id === 'act-look'")) break
    }
    await page.keyboard.press('Enter')
    await expect.poll(() => page.locator('.moment').count(), { timeout: A_MOMENT }).toBeGreaterThan(before)
    expect(await page.evaluate('document.activeElement?.id')).toBe('act-look')
  })

  it.each([
    [360, 740],
    [768, 1_024],
    [1_440, 900],
  ])('fits %s pixels', async (width, height) => {
    const { page } = await open(width, height)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    const sizes = await page
      .locator('button:visible, summary:visible')
      .evaluateAll((controls) =>
        controls.map((control) => control.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height)),
      )
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(24)
  })

  it.each(['light', 'dark'] as const)('can be read in its %s colours', async (colorScheme) => {
    const { page } = await open()
    await page.emulateMedia({ colorScheme })
    expect(await faintColours(page)).toEqual([])
  })
})
