/** What an operator is told. docs/how-to/operate.md has a section on each, which begins with these words. */
export interface AlarmText {
  readonly happened: string
  readonly remedy: string
}

/** Every alarm of an installation; those that watch one of several things are there once for each. */
export const ALARM_TEXTS = {
  'functions-fail': {
    happened: 'Functions have been failing for a quarter of an hour.',
    remedy:
      'Read the last failures on the dashboard: each names its function and a code that docs/errors.md explains. ' +
      'Nothing is lost while it lasts: queues and journeys try again.',
  },
  'functions-throttled': {
    happened: 'Lambda turns calls away: all functions of the account together use its whole concurrency.',
    remedy:
      'Ask for more concurrent executions in Service Quotas, or find what else in the account uses them. ' +
      'Work waits meanwhile, and requests to the API fail.',
  },
  'runs-fail': {
    happened: 'Customers left a journey because a step failed after all tries.',
    remedy:
      'Find the step and its error on the dashboard, mend the cause, and publish the journey again if it was in the ' +
      'journey. Say at the step what is to happen "if it fails".',
  },
  'machines-fail': {
    happened: 'Executions of Step Functions failed outside of any step.',
    remedy:
      'Read the log group /aws/vendedlogs/states/… of the installation. A run whose machine failed ends as "expired" ' +
      'by itself; who should go on is enrolled again.',
  },
  'machines-many': {
    happened: 'The account has 70 % of the open executions that it may have.',
    remedy:
      'Ask for more in Service Quotas, Step Functions, before customers can no longer enter journeys; it takes days. ' +
      'Retire journeys that wait without need.',
  },
  'events-refused': {
    happened: 'Events came that cannot be read as touchpoints.',
    remedy:
      'Look with "throughline dead-letters list": each says what is wrong with it. Mend the app that sent it, then ' +
      '"throughline dead-letters redrive". They are kept for 90 days.',
  },
  'queue-late': {
    happened: 'A queue is behind by more than a quarter of an hour.',
    remedy:
      'If functions fail or are throttled, begin there. If not, more comes in than is worked off: it catches up when ' +
      'that ends, and nothing is lost for 14 days.',
  },
  'dead-letters': {
    happened: 'Messages lie in a queue of dead letters: they failed five times, or could not be delivered.',
    remedy:
      'Find the cause in the log of the function, mend it, and put them back, which is safe to repeat. ' +
      'They are deleted after 14 days.',
  },
  'changes-late': {
    happened: 'The counters are behind by more than a quarter of an hour.',
    remedy:
      'Read the log of count-changes. Figures are too low meanwhile, customers notice nothing. ' +
      'Changes are lost for the counters after 24 hours.',
  },
  'changes-lost': {
    happened: 'Changes of the table could not be counted.',
    remedy:
      'Read the log of count-changes and mend the cause. Figures of those days stay too low; profiles, threads and ' +
      'journeys are not affected. Purge the queue when you have looked.',
  },
  'sweep-stands-still': {
    happened: 'The minute-by-minute sweep has not succeeded once in a quarter of an hour.',
    remedy:
      'Read the log of sweep-due; if it has no lines, enable its rule in EventBridge. What falls due waits: held ' +
      'messages, dates, broadcasts, and what a crash left pending. It is all done when the sweep runs again.',
  },
  'due-rows-put-off': {
    happened: 'Something that fell due has failed for a quarter of an hour.',
    remedy:
      'Find the row and the error on the dashboard and mend the cause. Each is tried again every minute, ' +
      'and does not hold up the others.',
  },
  'table-throttled': {
    happened: 'DynamoDB has been turning writes away for a quarter of an hour.',
    remedy:
      'Look on the dashboard whether it is the table or its index. A burst ends by itself; for one that is planned, ' +
      'raise the warm throughput of the table beforehand. Nothing is lost: it is tried again.',
  },
  'api-fails': {
    happened: 'The HTTP API answers requests with server errors.',
    remedy:
      'Read the last failures on the dashboard. Apps that send events over HTTP must send them again; ' +
      'events on the bus are not affected.',
  },
  'sends-uncertain': {
    happened: 'Providers broke off while they were given messages, and nobody knows whether they took them.',
    remedy:
      'Look at the health page of AWS for the provider that the dashboard names. Marketing is not sent again, service ' +
      'messages are; the thread of each customer shows which.',
  },
  bounces: {
    happened: 'More than 4 % of the emails come back. SES reviews an account at 5 %, and stops it at 10 %.',
    remedy:
      'Pause the journeys that write to addresses of doubtful origin, such as an import, and find out where these ' +
      'came from. Addresses that bounced are closed already.',
  },
  complaints: {
    happened:
      'More than 0.08 % of the emails are reported as spam. SES reviews an account at 0.1 %, and stops it at 0.5 %.',
    remedy:
      'Pause the journey or broadcast that went out last, and look at whom it reached and by which consent. ' +
      'Who complained is unsubscribed already.',
  },
  'texts-spend': {
    happened: 'Texts have cost 70 % of the month’s budget.',
    remedy:
      'Pause what sends them, or raise the budget. At the spend limit of End User Messaging SMS every further text ' +
      'is refused, one-time codes included.',
  },
} as const satisfies Record<string, AlarmText>

export type AlarmName = keyof typeof ALARM_TEXTS
