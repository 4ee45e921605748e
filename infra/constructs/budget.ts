import { CfnBudget } from 'aws-cdk-lib/aws-budgets'
import type { Construct } from 'constructs'
import type { Installation } from '../installations.ts'

const PERCENT_SPENT = 80
const PERCENT_FORECAST = 100

/** Tells of the account's whole bill: what is sent cannot be told apart by installation. */
export function budget(scope: Construct, id: string, { budget: amount, alarms }: Installation): void {
  if (amount === undefined || alarms === undefined) return
  const at = (notificationType: string, threshold: number): CfnBudget.NotificationWithSubscribersProperty => ({
    notification: { notificationType, threshold, comparisonOperator: 'GREATER_THAN' },
    subscribers: [{ subscriptionType: 'EMAIL', address: alarms }],
  })
  // Without a name of ours: CloudFormation makes another one when whoever is told changes, before it deletes this.
  new CfnBudget(scope, id, {
    budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount, unit: 'USD' } },
    notificationsWithSubscribers: [at('ACTUAL', PERCENT_SPENT), at('FORECASTED', PERCENT_FORECAST)],
  })
}
