/** What we promise for two processors, the data durable on disk. */
export const PROMISES = [
  { name: 'touchpointsPerSecond', what: 'touchpoints recorded, known customers', atLeast: '≥ 4,000', unit: '/s' },
  { name: 'newCustomersPerSecond', what: 'touchpoints that create their customer', atLeast: '≥ 2,000', unit: '/s' },
  { name: 'journeyEmailsPerSecond', what: 'journey event → gate → email in the outbox', atLeast: '≥ 500', unit: '/s' },
  { name: 'latencyP50Ms', what: 'one event → email, quiet system, median', atLeast: '≤ 25', unit: 'ms' },
  { name: 'latencyP99Ms', what: 'one event → email, quiet system, 99 of 100', atLeast: '≤ 60', unit: 'ms' },
  { name: 'virtualJourneyMs', what: 'a month of eight steps in virtual time', atLeast: '≤ 3', unit: 'ms' },
  { name: 'readySeconds', what: 'ready after start', atLeast: '≤ 3', unit: 's' },
  { name: 'memoryMb', what: 'memory after the demo', atLeast: '≤ 250', unit: 'MB' },
  { name: 'historyRatio', what: 'recording with 10,000 touchpoints against 10', atLeast: '≤ 1.3', unit: '×' },
  { name: 'storeOpsPerTouchpoint', what: 'store operations per touchpoint', atLeast: '≤ 3', unit: '' },
  { name: 'storeOpsPerEmail', what: 'store operations per journey email', atLeast: '≤ 12', unit: '' },
  { name: 'waitLatenessP50Ms', what: 'lateness of a wait, median', atLeast: '≤ 250', unit: 'ms' },
] as const
