import type { Topic } from 'aws-cdk-lib/aws-sns'
import { Construct } from 'constructs'
import type { Parts } from '../parts.ts'
import { Alarms } from './alarms.ts'
import { MonitoringDashboard } from './dashboard.ts'
import type { Functions } from './functions.ts'
import { watchedIn } from './watched.ts'
import { watchesOf } from './watches.ts'

/** Alarms that say what to do, and a dashboard to see why, over everything that was built before it. */
export class Monitoring extends Construct {
  /** Where alarms are told. */
  readonly topic: Topic
  readonly dashboardUrl: string

  constructor(
    scope: Construct,
    id: string,
    { parts, functions }: { readonly parts: Parts; readonly functions: Functions['all'] },
  ) {
    super(scope, id)
    const { installation, key } = parts
    const watched = watchedIn(this, parts, functions)
    const alarms = new Alarms(this, 'Alarms', { installation, key, watches: watchesOf(installation, watched) })
    const dashboard = new MonitoringDashboard(this, 'Dashboard', { installation, watched, alarms: alarms.all })
    this.topic = alarms.topic
    this.dashboardUrl = dashboard.url
  }
}
