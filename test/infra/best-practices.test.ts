import { App, Validations } from 'aws-cdk-lib'
import { Queue } from 'aws-cdk-lib/aws-sqs'
import { AwsSolutionsChecks } from 'cdk-nag'
import { describe, expect, it } from 'vitest'
import { aStack, context, EVERYTHING } from './a-template.ts'

/** An app that AWS's rules are held against, and CloudFormation's own schemas. */
function aCheckedApp(): App {
  const app = new App({ context })
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return app
}

describe('what AWS advises against', () => {
  it.each([
    ['the least', {}],
    ['everything', EVERYTHING],
  ])('is not in an installation with %s, but with a reason', (_, changes) => {
    const app = aCheckedApp()
    aStack(changes, app)
    expect(() => app.synth()).not.toThrow()
  })

  it('is noticed', () => {
    const app = aCheckedApp()
    new Queue(aStack({}, app), 'Loose')
    expect(() => app.synth()).toThrow('SQS3')
  })
})
