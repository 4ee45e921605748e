import { Hono } from 'hono'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { pageOfDeadLetters, redrive } from '#shared/recording/doors/dead-letters.ts'

/** `GET /v1/dead-letters`, a hundred at a time (`?cursor=`), and `POST /v1/dead-letters/{id}/redrive`. */
export const deadLetters = new Hono<HttpEnvironment>()
  .get('/', async (context) => {
    const { letters, cursor } = await pageOfDeadLetters(context.get('world'), context.req.query('cursor'))
    return context.json({
      deadLetters: letters.map(({ receivedAt, ...letter }) => ({
        ...letter,
        receivedAt: new Date(receivedAt).toISOString(),
      })),
      cursor,
    })
  })
  .post('/:id/redrive', async (context) => {
    const { id } = context.req.param()
    await redrive(context.get('world'), id)
    return context.json({ id, redriven: true })
  })
