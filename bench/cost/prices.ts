const MILLION = 1_000_000

interface Price {
  /** US dollars for one. */
  readonly dollars: number
  /** What every account has for nothing, every month and for ever; trials of the first months do not count. */
  readonly free?: number
}

/** When the prices below were read: list prices of us-east-1, without taxes, discounts and savings plans. */
export const PRICED_ON = '2026-11-21'

/**
 * What AWS bills Throughline for, and what one of it costs. All are from the services' own price pages, aws.amazon.com/
 * <service>/pricing, but for those marked "not confirmed", which are believed.
 */
export const PRICES = {
  /** 1 KB of a row; twice that in a transaction, and once more for every index it is in. */
  'DynamoDB write unit': { dollars: 0.625 / MILLION },
  /** 4 KB of rows; half of that where a stale answer is good enough. */
  'DynamoDB read unit': { dollars: 0.125 / MILLION },
  'DynamoDB storage, GB a month': { dollars: 0.25, free: 25 },
  'DynamoDB restore to any second, GB a month': { dollars: 0.2 },
  /** 64 KB of an event that we put on a bus; what AWS's services put there is free. */
  'EventBridge event': { dollars: 1 / MILLION },
  /** Sending, receiving and deleting, each up to ten messages at once. */
  'SQS request': { dollars: 0.4 / MILLION, free: MILLION },
  'Lambda request': { dollars: 0.2 / MILLION, free: MILLION },
  /** On arm64. */
  'Lambda GB-second': { dollars: 0.0000133334, free: 400_000 },
  /** Every state that is entered, and every retry. */
  'Step Functions transition': { dollars: 25 / MILLION, free: 4_000 },
  'HTTP API request': { dollars: 1 / MILLION },
  'Secrets Manager secret a month': { dollars: 0.4 },
  'Secrets Manager request': { dollars: 5 / MILLION },
  'KMS key a month': { dollars: 1 },
  'KMS request': { dollars: 3 / MILLION, free: 20_000 },
  'CloudWatch alarm a month': { dollars: 0.1, free: 10 },
  'CloudWatch metric a month': { dollars: 0.3, free: 10 },
  'CloudWatch dashboard a month': { dollars: 3, free: 3 },
  'CloudWatch log GB': { dollars: 0.5, free: 5 },
  'X-Ray trace': { dollars: 5 / MILLION, free: 100_000 },
  /** Not confirmed. */
  'End User Messaging push': { dollars: 1 / MILLION },
  'SES email': { dollars: 100 / MILLION },
} as const satisfies Readonly<Record<string, Price>>

export type Unit = keyof typeof PRICES
