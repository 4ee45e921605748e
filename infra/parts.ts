import type { EventBus, IEventBusRef } from 'aws-cdk-lib/aws-events'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import type { Api } from './constructs/api.ts'
import type { Console } from './constructs/console.ts'
import type { Feedback } from './constructs/feedback.ts'
import type { Keys } from './constructs/keys.ts'
import type { Machines } from './constructs/machines.ts'
import type { Table } from './constructs/table.ts'
import type { Installation } from './installations.ts'

/** What a stack consists of before there are functions: these are told of it, get rights to it and are started by it. */
export interface Parts {
  readonly installation: Installation
  /** Absent, AWS's own keys encrypt. */
  readonly key: IKey | undefined
  readonly table: Table
  readonly bus: EventBus
  /** AWS's services tell their events here. */
  readonly defaultBus: IEventBusRef
  readonly feedback: Feedback
  readonly machines: Machines
  readonly keys: Keys
  readonly api: Api
  readonly console: Console | undefined
}
