import { describe, expect, it } from 'vitest'
import { Environment } from '#functions/aws/environment.ts'
import { ROLES } from '#functions/kit/roles.ts'
import { contentPolicy, HEADERS } from '../../console/headers.ts'
import { all, aTemplate, idOf, type Properties } from './a-template.ts'

const template = aTemplate({ console: true, signIn: { prefix: 'kaffi-throughline' } })
const bare = aTemplate()

function one(type: string): Properties {
  const [only, ...others] = all(template, type)
  expect(others).toEqual([])
  return only?.[1]
}

const { DistributionConfig: distribution } = one('AWS::CloudFront::Distribution')
const [api] = distribution.CacheBehaviors

describe('the console', () => {
  it('is left out where nobody signs in', () => {
    for (const type of ['AWS::Cognito::UserPool', 'AWS::CloudFront::Distribution', 'AWS::S3::Bucket'])
      expect(all(bare, type)).toEqual([])
    expect(Object.keys(bare.findOutputs('*'))).not.toContain('ConsoleUrl')
  })

  it('says where it is, and where people sign in', () => {
    expect(Object.keys(template.findOutputs('*'))).toEqual(
      expect.arrayContaining(['ConsoleUrl', 'UserPoolId', 'UserPoolClientId', 'SignInUrl']),
    )
  })

  it('tells the API who its people are', () => {
    const variables = all(template, 'AWS::Lambda::Function').flatMap(([, { Environment }]) =>
      Environment?.Variables?.TABLE_NAME === undefined ? [] : [Environment.Variables],
    )
    expect(variables.length).toBeGreaterThan(10)
    for (const { USER_POOL_ID, USER_POOL_CLIENT_ID } of variables) {
      expect(idOf(USER_POOL_ID)).toMatch(/^ConsoleSignInPool/)
      expect(idOf(USER_POOL_CLIENT_ID)).toMatch(/^ConsoleSignInPoolConsole/)
    }
    expect(Object.keys(Environment.shape)).toEqual(expect.arrayContaining(['USER_POOL_ID', 'USER_POOL_CLIENT_ID']))
  })

  it('shows the files of a bucket that only CloudFront reads, and over TLS', () => {
    const [files] = distribution.Origins
    expect(idOf(files.OriginAccessControlId)).toMatch(/^ConsoleAccess/)
    const bucket = one('AWS::S3::Bucket')
    expect(Object.values(bucket.PublicAccessBlockConfiguration)).toEqual([true, true, true, true])
    const { PolicyDocument } = one('AWS::S3::BucketPolicy')
    const readers = PolicyDocument.Statement.filter(({ Action }: Properties) => Action === 's3:GetObject')
    expect(readers).toMatchObject([
      { Principal: { Service: 'cloudfront.amazonaws.com' }, Condition: { StringEquals: { 'AWS:SourceArn': {} } } },
    ])
    expect([distribution.DefaultCacheBehavior, api].map((behaviour) => behaviour.ViewerProtocolPolicy)).toEqual([
      'redirect-to-https',
      'https-only',
    ])
  })

  it('has the API under its own host, where nothing is kept', () => {
    expect(api.PathPattern).toBe('/v1/*')
    // AWS's own CachingDisabled and AllViewerExceptHostHeader.
    expect(api.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad')
    expect(api.OriginRequestPolicyId).toBe('b689b0a8-53d0-40ab-baf2-68738e2966ac')
    for (const { ErrorCachingMinTTL, ResponsePagePath } of distribution.CustomErrorResponses)
      expect([ErrorCachingMinTTL, ResponsePagePath]).toEqual([0, undefined])
    expect(distribution.CustomErrorResponses.map(({ ErrorCode }: Properties) => ErrorCode)).toEqual(
      expect.arrayContaining([403, 404, 500, 503]),
    )
    expect(one('AWS::ApiGatewayV2::Api').CorsConfiguration).toBeUndefined()
  })

  it('sends the headers that the embedded system sends', () => {
    const { SecurityHeadersConfig: security, CustomHeadersConfig: custom } = one(
      'AWS::CloudFront::ResponseHeadersPolicy',
    ).ResponseHeadersPolicyConfig
    const { StrictTransportSecurity: hsts } = security
    const sent = {
      'strict-transport-security': `max-age=${hsts.AccessControlMaxAgeSec}; includeSubDomains`,
      'x-content-type-options': 'nosniff',
      'x-frame-options': security.FrameOptions.FrameOption,
      'referrer-policy': security.ReferrerPolicy.ReferrerPolicy,
      ...Object.fromEntries(custom.Items.map(({ Header, Value }: Properties) => [Header, Value])),
    }
    expect(sent).toEqual(HEADERS)
    expect(hsts.IncludeSubdomains).toBe(true)
    const policy = JSON.stringify(security.ContentSecurityPolicy.ContentSecurityPolicy)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*|http:/)
    expect(contentPolicy()).toContain("default-src 'none'")
    for (const behaviour of [distribution.DefaultCacheBehavior, api])
      expect(idOf(behaviour.ResponseHeadersPolicyId)).toMatch(/^ConsoleHeaders/)
  })
})

describe('signing in', () => {
  const pool = one('AWS::Cognito::UserPool')
  const client = one('AWS::Cognito::UserPoolClient')

  it('is for people who were added, with a second factor', () => {
    expect(pool).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      DeletionProtection: 'ACTIVE',
    })
    expect(pool.Policies.PasswordPolicy.MinimumLength).toBeGreaterThanOrEqual(12)
  })

  it('has a group for each role', () => {
    const groups = all(template, 'AWS::Cognito::UserPoolGroup').map(([, { GroupName }]) => GroupName)
    expect(groups.sort()).toEqual([...ROLES].sort())
  })

  it('is by code with PKCE, since a page keeps no secret', () => {
    expect(client).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
    })
    expect(client.ExplicitAuthFlows ?? ['ALLOW_REFRESH_TOKEN_AUTH']).toEqual(['ALLOW_REFRESH_TOKEN_AUTH'])
    expect(JSON.stringify([client.CallbackURLs, client.LogoutURLs])).not.toMatch(/localhost|http:/)
  })

  it('has a page in managed login', () => {
    expect(one('AWS::Cognito::UserPoolDomain')).toMatchObject({ Domain: 'kaffi-throughline', ManagedLoginVersion: 2 })
    expect(one('AWS::Cognito::ManagedLoginBranding')).toMatchObject({ UseCognitoProvidedValues: true })
  })
})
