import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { InvalidInput } from '#shared/errors/errors.ts'

/** How the embedded system is to run. */
export interface Options {
  readonly port: number
  readonly data: string
  /** The brand folder to publish at start; undefined publishes none. */
  readonly brand: string | undefined
  /** Whether the brand is the demo's, whose story `/` tells. */
  readonly isDemo: boolean
  /** A mail server to send email through, as `smtp://user:password@host:587`; undefined keeps it in the outbox. */
  readonly smtpUrl: string | undefined
  /** Whether webhooks may call this machine itself, without TLS. */
  readonly localWebhooks: boolean
  readonly help: boolean
}

export const DEFAULT_DATA = '.throughline'

const DEMO = fileURLToPath(new URL('../examples/kaffi', import.meta.url))

export const HELP = `npm start -- [options]

  --port N          listen on 127.0.0.1:N (default 4700; or THROUGHLINE_PORT)
  --data DIR        keep the data there (default .throughline; or
                    THROUGHLINE_DATA)
  --brand DIR       publish this brand folder instead of the demo brand
  --empty           publish no brand
  --local-webhooks  let webhooks call this machine itself, over plain http: for
                    development
  --help            this text

  SMTP_URL          send email through this mail server instead of the outbox`

/** @throws InvalidInput for an option that is unknown or makes no sense. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parse(args)
  const port = Number(values.port ?? process.env.THROUGHLINE_PORT ?? 4700)
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidInput(
      'options.bad-port',
      `"${values.port ?? process.env.THROUGHLINE_PORT}" is no port; use a number up to 65535.`,
    )
  if (values.empty === true && values.brand !== undefined)
    throw new InvalidInput('options.brand-and-empty', '--empty and --brand do not go together.')
  if (values.brand !== undefined && !existsSync(values.brand))
    throw new InvalidInput('options.no-brand', `There is no folder ${values.brand}; --brand names a brand folder.`)
  const isDemo = values.brand === undefined && values.empty !== true
  return {
    port,
    data: values.data ?? process.env.THROUGHLINE_DATA ?? DEFAULT_DATA,
    brand: values.brand ?? (isDemo ? DEMO : undefined),
    isDemo,
    smtpUrl: process.env.SMTP_URL,
    localWebhooks: values['local-webhooks'] === true,
    help: values.help === true,
  }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        brand: { type: 'string' },
        empty: { type: 'boolean' },
        'local-webhooks': { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
  } catch (cause) {
    throw new InvalidInput(
      'options.unknown',
      `${(cause as Error).message.split('.')[0]}. "npm start -- --help" lists the options.`,
      { cause },
    )
  }
}
