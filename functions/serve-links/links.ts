import { type Context, Hono } from 'hono'
import { liveBrand } from '#shared/dispatches/brand-documents.ts'
import { type LinkPayload, readLink } from '#shared/messages/links.ts'
import { loadProfile } from '#shared/profiles/store.ts'
import { publishAnswer } from '#shared/recording/doors/link-answer.ts'
import { type HttpEnvironment, limitTo } from '../kit/http-app.ts'
import { donePage, notFoundPage, preferencesPage, unsubscribePage } from './pages.ts'

type Kind = LinkPayload['kind']

/**
 * The links in messages. Each proves itself by its signature, and an unknown one looks like a forged one. Looking at a
 * page changes nothing: link scanners look at all of them.
 */
export const links = new Hono<HttpEnvironment>()
  .on('POST', ['/u/*', '/p/*'], limitTo(1, 'send the form as it is'))
  .get('/health', (context) =>
    context.json({ status: 'ready', at: new Date(context.get('world').clock.now()).toISOString() }),
  )
  .get('/u/:token', async (context) => {
    const link = await linkOf(context, 'unsubscribe')
    return link === undefined
      ? gone(context)
      : context.html(unsubscribePage(await liveBrand(context.get('world')), link))
  })
  /** RFC 8058: a mail program posts here without asking her; the page's button does the same. */
  .post('/u/:token', async (context) => {
    const link = await linkOf(context, 'unsubscribe')
    if (link === undefined) return gone(context)
    await publishAnswer(context.get('world'), link)
    return context.html(donePage(await liveBrand(context.get('world')), 'You will not get these any more.'))
  })
  .get('/c/:token', async (context) => {
    const link = await linkOf(context, 'click')
    if (link === undefined) return gone(context)
    await publishAnswer(context.get('world'), link)
    return context.redirect(link.url, 302)
  })
  .get('/p/:token', async (context) => {
    const link = await linkOf(context, 'preferences')
    const world = context.get('world')
    const profile = link === undefined ? undefined : await loadProfile(world, link.customer)
    return profile === undefined ? gone(context) : context.html(preferencesPage(await liveBrand(world), profile))
  })
  .post('/p/:token', async (context) => {
    const link = await linkOf(context, 'preferences')
    if (link === undefined) return gone(context)
    const world = context.get('world')
    const form = await context.req.parseBody({ all: true })
    const allowed = [form.allow ?? []].flat().filter((value): value is string => typeof value === 'string')
    const brand = await liveBrand(world)
    await publishAnswer(world, link, { allowed, purposes: brand.purposes })
    return context.html(donePage(brand, 'Your choices are saved.'))
  })

async function linkOf<K extends Kind>(
  context: Context<HttpEnvironment>,
  kind: K,
): Promise<Extract<LinkPayload, { kind: K }> | undefined> {
  const { secrets, clock } = context.get('world')
  const payload = readLink(await secrets.linkKey(), context.req.param('token') ?? '', clock.now())
  return payload?.kind === kind ? (payload as Extract<LinkPayload, { kind: K }>) : undefined
}

function gone(context: Context<HttpEnvironment>): Response | Promise<Response> {
  return context.html(notFoundPage(), 404)
}
