/** What people do with the console; one person may have several. */
export const ROLES = ['marketer', 'agent', 'ops'] as const

export type Role = (typeof ROLES)[number]

const ANYBODY = ROLES
const MARKETER = ['marketer'] as const
const AGENT = ['agent'] as const
const OPS = ['ops'] as const
const STEERS = ['marketer', 'ops'] as const
/** Also those who were given no role yet. */
const SIGNED_IN = 'signed in'

/**
 * Who may what, by method and route. A route that does not stand here is for the installation's own token only, which
 * may all.
 */
export const ALLOWED: Readonly<Record<string, readonly Role[] | typeof SIGNED_IN>> = {
  'GET /v1/me': SIGNED_IN,

  'GET /v1/customers/:kind/:value': ANYBODY,
  'GET /v1/customers/:kind/:value/why/:name': ANYBODY,
  'GET /v1/customers/:kind/:value/segments/:segment': ANYBODY,
  'GET /v1/customers/:kind/:value/rows': STEERS,

  'GET /v1/conversations': AGENT,
  'GET /v1/conversations/:id': AGENT,
  'POST /v1/conversations/:id/claim': AGENT,
  'POST /v1/conversations/:id/release': AGENT,
  'POST /v1/conversations/:id/replies': AGENT,
  'POST /v1/conversations/:id/notes': AGENT,
  'POST /v1/conversations/:id/assign': AGENT,
  'POST /v1/conversations/:id/close': AGENT,

  'GET /v1/journeys': ANYBODY,
  'GET /v1/journeys/:name': ANYBODY,
  'GET /v1/journeys/:name/customers': ANYBODY,
  'GET /v1/journeys/enrolments/:customer/:enrolment': ANYBODY,
  'GET /v1/journeys/:name/folder': MARKETER,
  'GET /v1/journeys/:name/entrants': MARKETER,
  'POST /v1/journeys/:name/enrolments': MARKETER,
  'POST /v1/journeys/:name/:act{pause|resume|retire}': STEERS,
  'POST /v1/journeys/:name/moves': MARKETER,
  'GET /v1/journeys/:name/moves/:job': STEERS,

  'POST /v1/brand': MARKETER,
  'POST /v1/brand/moves': MARKETER,
  'GET /v1/brand/files': MARKETER,
  'GET /v1/brand/edits': MARKETER,
  'POST /v1/brand/pulled': MARKETER,
  'GET /v1/brand/documents/:kind/:name': MARKETER,
  'PUT /v1/brand/documents/:kind/:name': MARKETER,
  'DELETE /v1/brand/documents/:kind/:name': MARKETER,
  'POST /v1/brand/documents/:kind/:name/publish': MARKETER,

  'POST /v1/messages/:message/test': MARKETER,

  'GET /v1/segments': STEERS,
  'GET /v1/segments/:name': STEERS,
  'POST /v1/segments/size': MARKETER,
  'POST /v1/segments/:name/retire': MARKETER,

  'GET /v1/insights': STEERS,

  'GET /v1/dead-letters': OPS,
  'POST /v1/dead-letters/:id/redrive': OPS,
}
