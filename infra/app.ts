import { App } from 'aws-cdk-lib'
import { Code } from 'aws-cdk-lib/aws-lambda'
import { BUNDLE, bundleFunctions } from './bundle.ts'
import { readSettings } from './config.ts'
import { ThroughlineStack } from './stack.ts'

const app = new App()
const settings = readSettings(app.node)
await bundleFunctions()
new ThroughlineStack(app, `throughline-${settings.brand}`, { settings, code: Code.fromAsset(BUNDLE) })
app.synth()
