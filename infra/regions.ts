/*
 * What CloudFormation cannot make in a region, as its registry told cfn-lint 1.58.0 in autumn 2026. A region that is not
 * here has it, or is newer than this list.
 */

const NO_EMAIL: ReadonlySet<string> = new Set([
  'ap-east-1',
  'ap-east-2',
  'ap-southeast-4',
  'ap-southeast-6',
  'ap-southeast-7',
  'eu-south-2',
  'mx-central-1',
])

const NO_BUDGETS: ReadonlySet<string> = new Set([
  ...NO_EMAIL,
  'af-south-1',
  'ap-northeast-3',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-5',
  'ca-west-1',
  'eu-central-2',
  'eu-north-1',
  'eu-south-1',
  'il-central-1',
  'me-central-1',
])

export function hasEmail(region: string): boolean {
  return !NO_EMAIL.has(region)
}

/** A budget is of the whole account; it can only not be made by a stack in some regions. */
export function hasBudgets(region: string): boolean {
  return !NO_BUDGETS.has(region)
}
