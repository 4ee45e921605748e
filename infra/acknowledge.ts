import { Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'

/** Says why something that AWS advises against is right here. @param rule of cdk-nag's AwsSolutions, as in `SMG4` */
export function acknowledge(scope: IConstruct, rule: string, reason: string): void {
  Validations.of(scope).acknowledge({ id: `AwsSolutions-${rule}`, reason })
}
