import type { Environment } from '#functions/aws/environment.ts'

/** The installation that the tests of the stack have, too. */
const NAME = 'throughline-kaffi'
const ACCOUNT = '123456789012'

/** Where the stage's installation is said to be. */
export const REGION = 'eu-west-1'

const PLACE = `${REGION}:${ACCOUNT}`

/** What CloudFormation calls the place. */
export const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::Region': REGION,
  'AWS::AccountId': ACCOUNT,
}

export const MACHINE_ARN_PREFIX = `arn:aws:states:${PLACE}:stateMachine:${NAME}_`

const secret = (name: string): string => `arn:aws:secretsmanager:${PLACE}:secret:${name}-AbCdEf`

/** What a deployment would tell the functions of the stage. */
export const ENVIRONMENT = {
  INSTALLATION: 'kaffi',
  STACK: NAME,
  TABLE_NAME: `${NAME}-table`,
  BUS_NAME: NAME,
  MACHINE_ARN_PREFIX,
  MACHINE_ROLE_ARN: `arn:aws:iam::${ACCOUNT}:role/${NAME}-machines`,
  MACHINE_LOG_GROUP_ARN: `arn:aws:logs:${PLACE}:log-group:/aws/vendedlogs/states/${NAME}:*`,
  LINK_KEY_ARN: secret('LinkKey'),
  WEBHOOK_KEY_ARN: secret('WebhookKey'),
  API_TOKEN_ARN: secret('ApiToken'),
  EMAIL_CONFIGURATION_SET: NAME,
  SMS: 'yes',
  PUSH_APPLICATION_ID: 'a1b2c3d4e5f60718293a4b5c6d7e8f90',
  GOOGLE_SECRET: 'kaffi/google',
  WEB_PUSH_SECRET: 'kaffi/web-push',
  WEB_PUSH_CONTACT: 'mailto:ops@kaffi.example',
  USER_POOL_ID: `${REGION}_Kaffi`,
  USER_POOL_CLIENT_ID: 'console',
  PUBLIC_URL: 'https://links.kaffi.example',
} satisfies Environment

/** The ARN of something of the installation. */
export function arnOf(service: string, resource: string): string {
  return `arn:aws:${service}:${PLACE}:${resource}`
}
