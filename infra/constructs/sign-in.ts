import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import {
  AccountRecovery,
  CfnManagedLoginBranding,
  FeaturePlan,
  ManagedLoginVersion,
  Mfa,
  OAuthScope,
  UserPool,
  type UserPoolClient,
  UserPoolClientIdentityProvider,
} from 'aws-cdk-lib/aws-cognito'
import { Construct } from 'constructs'
import { ROLES, type Role } from '#functions/kit/roles.ts'
import { acknowledge } from '../acknowledge.ts'
import type { Installation } from '../installations.ts'

export interface SignInProps {
  readonly installation: Installation
  /** Of Cognito's own domain. */
  readonly prefix: string
  /** Where people are after they signed in or out. */
  readonly home: string
}

const DOES: Readonly<Record<Role, string>> = {
  marketer: 'Defines and publishes journeys, messages and segments.',
  agent: 'Answers customers.',
  ops: 'Watches over the system, and redrives what failed.',
}

/** Who may use the console. People are added by whoever runs the installation, and get their roles as groups. */
export class SignIn extends Construct {
  readonly pool: UserPool
  readonly client: UserPoolClient

  constructor(scope: Construct, id: string, { installation, prefix, home }: SignInProps) {
    super(scope, id)
    this.pool = makePool(this, installation)
    for (const role of ROLES) this.pool.addGroup(role, { groupName: role, description: DOES[role] })
    this.pool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: prefix },
      managedLoginVersion: ManagedLoginVersion.NEWER_MANAGED_LOGIN,
    })
    this.client = makeClient(this.pool, home)
    // Without a style of its own, managed login shows this client no page at all.
    new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: this.pool.userPoolId,
      clientId: this.client.userPoolClientId,
      useCognitoProvidedValues: true,
    })
  }
}

/** Cognito's own domain of this prefix. */
export function signInUrl(prefix: string, region: string): string {
  return `https://${prefix}.auth.${region}.amazoncognito.com`
}

function makePool(scope: Construct, { stack, retain }: Installation): UserPool {
  const pool = new UserPool(scope, 'Pool', {
    userPoolName: stack,
    featurePlan: FeaturePlan.ESSENTIALS,
    selfSignUpEnabled: false,
    // Colleagues see the name beside what she did; an email address alone would show them a random one.
    signInAliases: { username: true, email: true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    standardAttributes: { email: { required: true, mutable: true } },
    mfa: Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    passwordPolicy: {
      minLength: 12,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      tempPasswordValidity: Duration.days(3),
    },
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    deletionProtection: retain,
    removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  })
  acknowledge(
    pool,
    'COG8',
    'Threat protection needs the Plus plan, paid by user; a second factor is required of everybody instead.',
  )
  return pool
}

/** A page in a browser keeps no secret: it proves with PKCE that who began to sign in is who goes on. */
function makeClient(pool: UserPool, home: string): UserPoolClient {
  return pool.addClient('Console', {
    generateSecret: false,
    authFlows: {},
    oAuth: {
      flows: { authorizationCodeGrant: true, implicitCodeGrant: false, clientCredentials: false },
      scopes: [OAuthScope.OPENID],
      callbackUrls: [home],
      logoutUrls: [home],
    },
    supportedIdentityProviders: [UserPoolClientIdentityProvider.COGNITO],
    preventUserExistenceErrors: true,
    enableTokenRevocation: true,
    // Whoever loses a role has it for an hour at the most, and signs in once a working day.
    accessTokenValidity: Duration.hours(1),
    idTokenValidity: Duration.hours(1),
    refreshTokenValidity: Duration.hours(12),
  })
}
