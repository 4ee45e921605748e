import { Hono } from 'hono'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { ConsoleSettings } from '#local/routes/console.ts'
import { type LocalServer, listen } from '#local/server.ts'
import { System } from '#local/system.ts'
import { acceptEvents } from '#shared/recording/doors/accept-events.ts'
import { addDeadLetters } from '#shared/recording/doors/dead-letters.ts'
import { QUIET } from '#test/builders/a-system.ts'
import { CLIENT_ID } from '#test/builders/a-user-pool.ts'
import { aCognito, type Cognito } from './a-cognito.ts'
import { CHROMIUM, launch } from './chromium.ts'
import { faintColours } from './faint-colours.ts'
import { publishKaffi } from './publish-kaffi.ts'

/*
 * The console as people meet it: a real browser, the real files with their real headers, the API beside them as behind
 * CloudFront, and a Cognito that is played.
 */

/** With much to spare for a busy machine. */
const PATIENT = { timeout: 5_000 }

const HOSTILE = '<img src=x onerror=alert(1)> "quoted" & <b>bold</b>'

const LONG = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(4)

const EVENTS = [
  {
    type: 'customer.signed-up',
    channel: 'app',
    identifiers: { userId: 'ada', email: 'ada@example.org' },
    traits: { firstName: 'Ada', lastName: LONG, note: HOSTILE },
    consent: [{ purpose: 'offers', channel: 'email', state: 'given', wording: 'Yes', source: 'test' }],
  },
  {
    type: 'order.started',
    channel: 'web',
    identifiers: { userId: 'ada' },
    properties: { order_id: 'K1', total: 6.5, product: HOSTILE },
  },
]

describe.skipIf(CHROMIUM === undefined)('the console', () => {
  let browser: Browser
  let cognito: Cognito
  let system: System
  let server: LocalServer
  const contexts: BrowserContext[] = []
  const complaints: string[] = []

  beforeAll(async () => {
    browser = await launch()
    cognito = await aCognito({ bo: ['agent'], mia: ['marketer'], olu: ['ops'], new: [] })
    system = new System({
      publicUrl: 'http://127.0.0.1',
      log: QUIET,
      wrapWorld: (world) => ({ ...world, signIn: cognito.pool.signIn }),
    })
    await publishKaffi(system)
    server = await serveConsole({ signIn: { url: cognito.url, client: CLIENT_ID } })
    system.start()
    await acceptEvents(system.world, EVENTS)
    await addDeadLetters(system.world, [
      { id: 'lost', receivedAt: system.world.clock.now(), reason: 'type: this is missing.', event: { note: HOSTILE } },
    ])
    await system.clock.advance(0)
  })
  afterAll(async () => {
    await browser.close()
    await Promise.all([server.close(), cognito.close()])
    await system.stop()
  })
  afterEach(async () => {
    cognito.lastFor(3_600)
    for (const context of contexts.splice(0)) await context.close()
    expect(complaints.splice(0)).toEqual([])
  })

  function serveConsole(settings: ConsoleSettings): Promise<LocalServer> {
    return listen(system, 0, { page: new Hono(), console: settings })
  }

  /** What the browser complains about fails the test, but for refused requests, which it always reports. */
  async function open(at = '', { port } = server, width = 1_280): Promise<Page> {
    const context = await browser.newContext({ viewport: { width, height: 800 }, reducedMotion: 'reduce' })
    contexts.push(context)
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('dialog', (dialog) => complaints.push(dialog.message()))
    await page.goto(`http://127.0.0.1:${port}/console/${at}`)
    return page
  }

  async function signedIn(name: string, at = '', width = 1_280): Promise<Page> {
    const page = await open(at, server, width)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('link', { name, exact: true }).click()
    await page.locator('.account', { hasText: name }).waitFor()
    return page
  }

  const places = (page: Page) => page.locator('.places a').allTextContents()
  const heading = (page: Page, text: string) => page.getByRole('heading', { level: 1, name: text }).waitFor()

  describe('signing in', () => {
    it('proves by PKCE that who began it goes on, and comes back to where she wanted', async () => {
      const page = await signedIn('bo', '#/journeys/welcome')
      await heading(page, 'Welcome')
      expect(page.url()).toBe(`http://127.0.0.1:${server.port}/console/#/journeys/welcome`)
      expect(await page.title()).toBe('Welcome · Throughline')
      expect(cognito.done.at(-1)).toBe('code')
    })

    it('takes no code that was not asked for in this tab', async () => {
      const before = cognito.done.length
      for (const answer of [
        '?code=stolen&state=guessed',
        '?code=stolen',
        '?error=access_denied&error_description=No',
      ]) {
        const page = await open(answer)
        await page.getByRole('alert').waitFor()
        expect(new URL(page.url()).search).toBe('')
      }
      const page = await open()
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByRole('link', { name: 'bo', exact: true }).waitFor()
      await page.goto(`http://127.0.0.1:${server.port}/console/?code=stolen&state=guessed`)
      await page.getByRole('alert').filter({ hasText: 'not begun in this tab' }).waitFor()
      expect(cognito.done.length).toBe(before)
    })

    it('is renewed unnoticed, and asked for again when it cannot be', async () => {
      cognito.lastFor(-1)
      const page = await open()
      await page.getByRole('button', { name: 'Sign in' }).click()
      cognito.lastFor(1)
      const link = page.getByRole('link', { name: 'bo', exact: true })
      await link.click()
      await page.locator('.account', { hasText: 'bo' }).waitFor()
      await page.waitForTimeout(1_200)
      cognito.lastFor(1)
      await page.getByRole('link', { name: 'Journeys' }).click()
      await page.locator('.rows li').first().waitFor()
      expect(cognito.done.at(-1)).toBe('refresh')
      await page.waitForTimeout(1_200)
      cognito.endSessions()
      await page.getByRole('link', { name: 'Customers' }).click()
      await heading(page, 'Find a customer')
      await page.getByRole('link', { name: 'Journeys' }).click()
      await page.getByRole('alert').filter({ hasText: 'run out' }).waitFor()
      await page.getByRole('button', { name: 'Sign in' }).waitFor()
      expect(await page.locator('.account').count()).toBe(0)
    })

    it('is over for good after signing out', async () => {
      const page = await signedIn('bo')
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('button', { name: 'Sign in' }).waitFor()
      expect(cognito.done.slice(-2)).toEqual(['revoke', 'logout'])
      expect(await page.evaluate('sessionStorage.length')).toBe(0)
    })

    it('keeps nothing beyond the tab', async () => {
      const page = await signedIn('bo')
      expect(await page.evaluate('localStorage.length + document.cookie.length')).toBe(0)
    })
  })

  describe('what people see', () => {
    it('is her thread, found by any identifier, with what came from outside as text', async () => {
      const page = await signedIn('bo')
      await page.keyboard.press('/')
      await page.keyboard.type('ada@example.org')
      await page.keyboard.press('Enter')
      await heading(page, 'Ada')
      await page.locator('.moment', { hasText: 'Order started' }).filter({ hasText: HOSTILE }).waitFor()
      await page.locator('.moment', { hasText: 'Entered abandoned order' }).waitFor()
      await page.locator('.panel', { hasText: 'Traits' }).filter({ hasText: HOSTILE }).waitFor()
      expect(await page.locator('main img, main b:text-is("bold")').count()).toBe(0)
      expect(await page.locator('.chip.yes').allTextContents()).toContain('✓ Email')
      await page.getByRole('link', { name: 'Hers' }).click()
      await page.waitForURL(/show=hers/)
      await expect.poll(() => page.locator('.moment.quiet').count(), PATIENT).toBe(0)
      await page.goBack()
      await expect.poll(() => page.locator('.moment.quiet').count(), PATIENT).toBeGreaterThan(0)
    })

    it('says why she got something or did not', async () => {
      const page = await signedIn('bo', '#/customers/ada')
      await page.getByLabel('Why did she get').fill('Abandoned order')
      await page.getByRole('button', { name: 'Ask' }).click()
      await page.locator('.answer', { hasText: 'abandoned-order' }).waitFor()
    })

    it('is looked up anew when she is looked for again', async () => {
      const page = await signedIn('bo', '#/customers/ada')
      await heading(page, 'Ada')
      const again = page.waitForResponse(/customers\/userId\/ada$/)
      await page.locator('#search').press('Enter')
      await again
      await expect.poll(() => page.getByText('Looking').count(), PATIENT).toBe(0)
    })

    it('says so when nobody is known by it', async () => {
      const page = await signedIn('bo')
      await page.locator('#search').fill('nobody@example.org')
      await page.keyboard.press('Enter')
      await page.getByRole('status').filter({ hasText: 'Nobody is known' }).waitFor()
    })

    it('depends on her role', async () => {
      expect(await places(await signedIn('bo'))).toEqual(['Customers', 'Journeys'])
      expect(await places(await signedIn('olu'))).toEqual(['Customers', 'Journeys', 'Dead letters'])
      const agent = await signedIn('bo', '#/dead-letters')
      await heading(agent, 'This is not yours to see')
      await agent.getByText('This takes the role ops').waitFor()
      const newcomer = await signedIn('new', '#/journeys')
      await heading(newcomer, 'This is not yours to see')
    })

    it('lets a marketer pause a journey, in her name, and an agent not', async () => {
      const agent = await signedIn('bo', '#/journeys/win-back')
      await heading(agent, 'Win back')
      expect(await agent.getByRole('button', { name: 'Pause' }).count()).toBe(0)
      const page = await signedIn('mia', '#/journeys/win-back')
      await page.getByRole('button', { name: 'Pause' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('nothing goes out').waitFor()
      await dialog.getByRole('button', { name: 'Cancel' }).click()
      await page.locator('.chip.live').waitFor()
      await page.getByRole('button', { name: 'Pause' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Pause' }).click()
      await page.locator('.chip.paused', { hasText: 'by mia' }).waitFor()
      await page.getByRole('button', { name: 'Resume' }).click()
      await page.getByRole('dialog').getByRole('button', { name: 'Resume' }).click()
      await page.locator('.chip.live').waitFor()
    })

    it('lets ops send a dead letter again, by keyboard alone', async () => {
      const page = await signedIn('olu')
      await page.keyboard.press('g')
      await page.keyboard.press('d')
      await heading(page, 'Dead letters')
      await page.keyboard.press('j')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.locator('pre', { hasText: HOSTILE.slice(0, 8) }).waitFor()
      await page.getByRole('button', { name: 'Send again' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('status').filter({ hasText: 'Sent again' }).waitFor()
    })

    it('lists the keys, and closes the list with Escape', async () => {
      const page = await signedIn('bo')
      await page.keyboard.press('?')
      await page.getByRole('dialog', { name: 'Keys' }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    })

    it('is a way back where there is nothing', async () => {
      const page = await signedIn('bo', '#/nowhere')
      await heading(page, 'There is nothing here')
    })
  })

  describe('on one machine', () => {
    it('takes the token of the system, and asks again for a wrong one', async () => {
      const own = await serveConsole({})
      const page = await open('#/journeys', own)
      await page.getByLabel('The token').fill('no header can hold this ✓')
      await page.getByRole('button', { name: 'Open' }).click()
      await page.locator('input:invalid').waitFor()
      await page.getByLabel('The token').fill('wrong')
      await page.getByRole('button', { name: 'Open' }).click()
      await page.getByRole('alert').filter({ hasText: 'does not take this token' }).waitFor()
      await page.getByLabel('The token').fill(system.token)
      await page.getByRole('button', { name: 'Open' }).click()
      await page.locator('.rows li', { hasText: 'Abandoned order' }).waitFor()
      expect(await places(page)).toEqual(['Customers', 'Journeys', 'Dead letters'])
      await own.close()
    })
  })

  describe('its looks', () => {
    it.each([360, 768, 1_440])('fit %s pixels', async (width) => {
      const page = await signedIn('olu', '', width)
      for (const at of ['customers/ada', 'journeys', 'journeys/abandoned-order', 'dead-letters']) {
        await page.evaluate((hash) => location.assign(hash), `#/${at}`)
        await expect.poll(() => page.locator('h1').textContent(), PATIENT).not.toBe('Find a customer')
        await page.waitForLoadState('networkidle')
        expect([at, await page.evaluate('document.documentElement.scrollWidth')]).toEqual([at, width])
        const heights = await page
          .locator('button:visible, summary:visible, input:visible')
          .evaluateAll((controls) => controls.map((control) => control.getBoundingClientRect().height))
        expect(Math.min(...heights, 24)).toBe(24)
      }
    })

    it.each(['light', 'dark'] as const)('can be read in %s colours', async (colorScheme) => {
      const page = await open()
      await page.emulateMedia({ colorScheme })
      expect(await faintColours(page)).toEqual([])
    })
  })
})
