import { SFNClient } from '@aws-sdk/client-sfn'
import type { Environment } from '../environment.ts'
import { stepFunctions } from '../machines.ts'
import type { Outside } from '../outside.ts'
import { patient } from './clients.ts'

export const openMachines = (environment: Environment, outside: Outside) => ({
  machines: stepFunctions({
    client: new SFNClient(patient(outside)),
    machineArnPrefix: environment.MACHINE_ARN_PREFIX,
    roleArn: environment.MACHINE_ROLE_ARN,
    logGroupArn: environment.MACHINE_LOG_GROUP_ARN,
    installation: environment.INSTALLATION,
    functionName: (name) => `${environment.STACK}-${name}`,
  }),
})
