import { allows, type Statement } from './policy.ts'
import type { Right } from './rights.ts'

/** What Lambda and X-Ray do in the function's name around its code, and services with the installation's own key. */
const DONE_BY_OTHERS = /^(kms|logs|sqs|xray):|^dynamodb:(DescribeStream|GetRecords|GetShardIterator|ListStreams) /

/** What counts as one thing that a function may do: whoever needs one of these may need the others. */
const ONE_AND_THE_SAME: readonly (readonly [pairs: RegExp, name: string])[] = [
  // A row that may be seen may be seen in each of these ways.
  [/^dynamodb:(GetItem|BatchGetItem|Query) \S+:table\/[^/]+$/, 'to read rows'],
  // Which of these a write takes depends on the row that it meets: one that has expired is removed, for instance.
  [/^dynamodb:(PutItem|UpdateItem|DeleteItem|ConditionCheckItem) /, 'to write rows'],
  // How a wait ends is for what ends it to say.
  [/^states:SendTask(Success|Failure) /, 'to end a task'],
  // One of the two is verified with SES, and which, the operator decides.
  [/^ses:SendEmail \S+:identity\//, 'to send emails from the address'],
  // A brand texts from a number or from a name.
  [/^sms-voice:SendTextMessage /, 'to send texts'],
]

/** What a role may, but for what others do in its name. */
export function allowancesOf(statements: readonly Statement[]): ReadonlySet<string> {
  return new Set(pairsOf(statements).map(({ name }) => name))
}

/** What of it was made use of. */
export function usesOf(statements: readonly Statement[], rights: readonly Right[]): ReadonlySet<string> {
  const used = pairsOf(statements).filter(({ statement }) => rights.some((right) => allows(statement, right)))
  return new Set(used.map(({ name }) => name))
}

/** Each action with each resource, on its own. */
function pairsOf(
  statements: readonly Statement[],
): readonly { readonly statement: Statement; readonly name: string }[] {
  return statements.flatMap((statement) =>
    statement.actions.flatMap((action) =>
      statement.resources
        .map((resource) => ({
          statement: { ...statement, actions: [action], resources: [resource] },
          name: `${action} ${resource}`,
        }))
        .filter(({ name }) => !DONE_BY_OTHERS.test(name))
        .map(({ name, ...pair }) => ({
          ...pair,
          name: ONE_AND_THE_SAME.find(([pairs]) => pairs.test(name))?.[1] ?? name,
        })),
    ),
  )
}
