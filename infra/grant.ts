import { Stack } from 'aws-cdk-lib'
import { PolicyStatement, type PolicyStatementProps, type Role } from 'aws-cdk-lib/aws-iam'
import { acknowledge } from './acknowledge.ts'

/** What a role may. */
export interface Right extends PolicyStatementProps {
  readonly actions: string[]
  readonly resources: string[]
  /** Why it is for more than one thing; nothing with a star in it is granted without. */
  readonly because?: string
}

export function grant(role: Role, { because, ...right }: Right): void {
  role.addToPolicy(new PolicyStatement(right))
  if (because === undefined) return
  const stack = Stack.of(role)
  for (const action of right.actions) acknowledge(role, `IAM5[Action::${action}]`, because)
  for (const resource of right.resources) acknowledge(role, `IAM5[Resource::${flat(stack.resolve(resource))}]`, because)
}

type Resolved =
  | string
  | { readonly Ref: string }
  | { readonly 'Fn::GetAtt': readonly [string, string] }
  | { readonly 'Fn::Join': readonly [string, readonly Resolved[]] }

/** As cdk-nag writes what is known only once it is deployed. */
function flat(value: Resolved): string {
  if (typeof value === 'string') return value
  if ('Ref' in value) return `<${value.Ref}>`
  return 'Fn::Join' in value ? value['Fn::Join'][1].map(flat).join('') : `<${value['Fn::GetAtt'].join('.')}>`
}
