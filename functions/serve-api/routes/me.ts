import { Hono } from 'hono'
import type { HttpEnvironment } from '#functions/kit/http-app.ts'
import { ROLES } from '#functions/kit/roles.ts'

/** `GET /v1/me`: who asks, and what she may. Whoever has the token may all. */
export const me = new Hono<HttpEnvironment>().get('/', (context) => {
  const person = context.get('person')
  const roles = person === undefined ? ROLES : ROLES.filter((role) => person.roles.includes(role))
  return context.json({ name: person?.name, roles })
})
