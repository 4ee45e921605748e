import { Stack, Tags } from 'aws-cdk-lib'
import { EventBus } from 'aws-cdk-lib/aws-events'
import type { Code } from 'aws-cdk-lib/aws-lambda'
import type { Construct } from 'constructs'
import { catalog } from '#functions/catalog.ts'
import { Api } from './constructs/api.ts'
import { budget } from './constructs/budget.ts'
import { CleanUp } from './constructs/clean-up.ts'
import { consoleOf } from './constructs/console.ts'
import { encryptionKey } from './constructs/encryption-key.ts'
import { Feedback } from './constructs/feedback.ts'
import { Functions } from './constructs/functions.ts'
import { Keys } from './constructs/keys.ts'
import { Machines } from './constructs/machines.ts'
import { Monitoring } from './constructs/monitoring.ts'
import { Table } from './constructs/table.ts'
import { connect } from './constructs/triggers.ts'
import { environmentOf } from './environment.ts'
import { groundsOf } from './grounds.ts'
import type { Installation } from './installations.ts'
import { tell } from './outputs.ts'
import type { Parts } from './parts.ts'

export interface ThroughlineStackProps {
  readonly installation: Installation
  /** All functions, each under its name. */
  readonly code: Code
}

/** One installation of Throughline: one brand, one account, one region. */
export class ThroughlineStack extends Stack {
  constructor(scope: Construct, id: string, { installation, code }: ThroughlineStackProps) {
    super(scope, id, { description: `Throughline for ${installation.name}`, env: placeOf(installation) })

    const key = encryptionKey(this, 'EncryptionKey', installation)
    const table = new Table(this, 'Table', { installation, key })
    const bus = new EventBus(this, 'Bus', { eventBusName: installation.stack })
    const defaultBus = EventBus.fromEventBusName(this, 'DefaultBus', 'default')
    const feedback = new Feedback(this, 'Feedback', { installation, defaultBus, key })
    const machines = new Machines(this, 'Machines', installation)
    const keys = new Keys(this, 'Keys', { installation, key })
    const api = new Api(this, 'Api', installation)
    const console = consoleOf(this, 'Console', { installation, apiUrl: api.url })
    const parts: Parts = { installation, key, table, bus, defaultBus, feedback, machines, keys, api, console }

    const told = { environment: environmentOf(parts), grounds: groundsOf(parts) }
    const functions = new Functions(this, 'Functions', { catalog, code, installation, ...told })
    for (const one of functions.all) connect(this, one, parts)

    new CleanUp(this, 'CleanUp', { installation, code, machines })
    const monitoring = new Monitoring(this, 'Monitoring', { parts, functions: functions.all })
    budget(this, 'Budget', installation)
    Tags.of(this).add('installation', installation.name)
    tell(this, parts, monitoring)
  }
}

/** What is not said is that of whoever deploys. */
function placeOf({ account, region }: Installation): { account?: string; region?: string } {
  return { ...(account !== undefined && { account }), ...(region !== undefined && { region }) }
}
