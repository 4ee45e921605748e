import { App, Validations } from 'aws-cdk-lib'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { AwsSolutionsChecks } from 'cdk-nag'
import { isNamed } from '#shared/errors/errors.ts'
import { BUNDLE, bundleFunctions } from './bundle.ts'
import { findInstallation, type Installation, readInstallations } from './installations.ts'
import { ThroughlineStack } from './stack.ts'

const app = new App()
Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
const installations = asked(app.node.tryGetContext('installation'))
await bundleFunctions()
for (const installation of installations)
  new ThroughlineStack(app, installation.stack, { installation, code: Code.fromAsset(BUNDLE) })
app.synth()

/** All of them, or with `-c installation=<name>` one; what is wrong is said without a trace of where it was noticed. */
function asked(only: string | undefined): readonly Installation[] {
  try {
    return only === undefined ? readInstallations() : [findInstallation(only)]
  } catch (error) {
    if (!isNamed(error, 'Misconfigured')) throw error
    process.stderr.write(`${error.message}\n`)
    return process.exit(1)
  }
}
