import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { eventBridgeBus } from '../bus.ts'
import type { Environment } from '../environment.ts'
import type { Outside } from '../outside.ts'
import { patient } from './clients.ts'

export const openBus = ({ BUS_NAME: busName }: Environment, outside: Outside) => ({
  bus: eventBridgeBus({ client: new EventBridgeClient(patient(outside)), busName }),
})
