import { Context, Liquid, type LiquidOptions, type Template } from 'liquidjs'
import type { TextKind } from '../channels/channel.ts'
import { Impossible } from '../errors/errors.ts'
import { type DateContext, formatDate } from './dates.ts'
import { near } from './near.ts'

/** What one render may cost; the engine's own limits are cooperative, so the size of what comes out is checked too. */
const LIMITS = { parseLimit: 256 * 1024, renderLimit: 250, memoryLimit: 5_000_000 } as const

/** Takes over another file, or evaluates a text as code: nothing that a message needs. */
const TAGS_REMOVED = ['include', 'render', 'layout', 'block']
const FILTERS_REMOVED = [
  ...['where_exp', 'reject_exp', 'group_by_exp', 'has_exp', 'find_exp', 'find_index_exp'],
  // Chance, and the machine's own clock and zone.
  ...['sample', 'date_to_xmlschema', 'date_to_rfc822', 'date_to_string', 'date_to_long_string'],
]

/** Besides those of messages: values are escaped for the inside of a JSON text, or as a part of a URL. */
export type TemplateKind = TextKind | 'json' | 'url'

const engines: Readonly<Record<TemplateKind, Liquid>> = {
  html: makeEngine({ outputEscape: 'escape' }),
  text: makeEngine({}),
  line: makeEngine({}),
  json: makeEngine({ outputEscape: insideJson }),
  url: makeEngine({ outputEscape: (value) => encodeURIComponent(textOf(value)) }),
}

/** A text as it stands between the quotes of JSON; what is no text as JSON writes it, and nothing as nothing. */
function insideJson(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value)
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '')
}

export interface RenderContext extends DateContext {
  readonly scope: Readonly<Record<string, unknown>>
}

/** @throws a LiquidError with the place of the mistake. */
export function parseTemplate(text: string, kind: TemplateKind): Template[] {
  return engines[kind].parse(text)
}

/** The variables that a template takes from outside, with their places. */
export function globalsOf(templates: Template[]) {
  return Object.values(engines.text.analyzeSync(templates).globals).flat()
}

export interface Rendering {
  readonly text: string
  /** Paths that have no value and no default; they came out empty. */
  readonly missing: readonly string[]
}

/**
 * Renders strictly; where a variable is missing, again without it. The common case pays nothing for the rare one.
 * @throws a LiquidError when a limit is passed or a filter cannot take its value.
 */
export function renderTemplate(templates: Template[], kind: TemplateKind, context: RenderContext): Rendering {
  const engine = engines[kind]
  try {
    return { text: engine.renderSync(templates, new MessageContext(engine, context)), missing: [] }
  } catch (error) {
    if (!isUndefinedVariable(error)) throw error
    return renderTolerantly(engine, templates, context)
  }
}

function renderTolerantly(engine: Liquid, templates: Template[], context: RenderContext): Rendering {
  const missing = new Set<string>()
  for (;;) {
    const attempt = new TolerantContext(engine, context, missing)
    try {
      return { text: engine.renderSync(templates, attempt), missing: [...missing] }
    } catch (error) {
      const path = attempt.lastPath
      if (path === undefined || missing.has(path) || !isUndefinedVariable(error)) throw error
      missing.add(path)
    }
  }
}

/** Liquid's scope, which also knows the clock and the zone. */
class MessageContext extends Context {
  readonly dates: DateContext

  constructor(engine: Liquid, { scope, ...dates }: RenderContext) {
    super(scope, engine.options, { sync: true }, { liquid: engine })
    this.dates = dates
  }

  /** Filters such as `where` look into each row by this: a row may lack a column. */
  override spawn(scope: object = {}): Context {
    const { memoryLimit, renderLimit, liquid } = this
    return new Context(scope, this.opts, { sync: true, strictVariables: false }, { memoryLimit, renderLimit, liquid })
  }
}

/** Lets `tolerated` paths be empty, and knows the path that was read last. */
class TolerantContext extends MessageContext {
  readonly #tolerated: ReadonlySet<string>
  lastPath: string | undefined

  constructor(engine: Liquid, context: RenderContext, tolerated: ReadonlySet<string>) {
    super(engine, context)
    this.#tolerated = tolerated
  }

  override *_getFromScope(
    scope: unknown,
    paths: Parameters<Context['_getFromScope']>[1],
    strict: boolean = this.strictVariables,
  ): IterableIterator<unknown> {
    const path = typeof paths === 'string' ? paths : paths.join('.')
    if (strict) this.lastPath = path
    return yield super._getFromScope(scope, paths, strict && !this.#tolerated.has(path))
  }
}

function isUndefinedVariable(error: unknown): boolean {
  return error instanceof Error && error.name === 'UndefinedVariableError'
}

function makeEngine(options: Pick<LiquidOptions, 'outputEscape'>): Liquid {
  const engine = new Liquid({
    ...options,
    ...LIMITS,
    strictFilters: true,
    strictVariables: true,
    lenientIf: true,
    ownPropertyOnly: true,
    templates: {},
  })
  for (const tag of TAGS_REMOVED) delete engine.tags[tag]
  for (const filter of FILTERS_REMOVED) engine.unregisterFilter(filter)
  engine.registerFilter('date', dateFilter)
  engine.registerFilter('near', (rows, place) => near(Array.isArray(rows) ? rows : [], Object(place)))
  return engine
}

function dateFilter(this: { readonly context: Context }, value: unknown, format: unknown): unknown {
  if (!(this.context instanceof MessageContext))
    throw new Impossible('message.no-clock', 'A date is rendered with a clock.')
  return formatDate(value, typeof format === 'string' ? format : '%x', this.context.dates)
}
