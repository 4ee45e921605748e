import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readInstallations } from '#infra/installations.ts'
import { Settings } from '#infra/settings.ts'

const GUIDE = readFileSync('docs/how-to/deploy.md', 'utf8')
const examplesOf = (language: string): readonly string[] =>
  [...GUIDE.matchAll(new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 'gs'))].map(([, text = '']) => text)

/** The calls of AWS that commands make, as IAM knows them, read from the code that makes them. */
const PREFIXES: Readonly<Record<string, string>> = {
  cloudformation: 'cloudformation',
  pinpoint: 'mobiletargeting',
  'pinpoint-sms-voice-v2': 'sms-voice',
  'secrets-manager': 'secretsmanager',
  'service-quotas': 'servicequotas',
  sesv2: 'ses',
}

function actions(): readonly string[] {
  const found = globSync('cli/{aws,doctor}/*.ts').flatMap((file) => {
    const text = readFileSync(file, 'utf8')
    return [...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([^']+)'/g)].flatMap(
      ([, names = '', service = '']) => {
        const calls = [...names.matchAll(/(?:paginate(\w+)|\b(\w+)Command\b)/g)].map(
          ([, paged, called]) => paged ?? called,
        )
        // Whoever asks may always know who he is.
        return service === 'sts' ? [] : calls.map((call) => `${PREFIXES[service]}:${call}`)
      },
    )
  })
  return [...new Set(found)].sort()
}

describe('the guide to deploying', () => {
  it('explains every setting of installations.yaml', () => {
    const rows = GUIDE.split('\n').filter((line) => line.startsWith('| `'))
    const explained = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    )
    expect(explained.sort()).toEqual(Object.keys(Settings.in.shape).sort())
  })

  it('has an installations.yaml that can be read', () => {
    const [text = ''] = examplesOf('yaml')
    expect(readInstallations(text).map(({ stack }) => stack)).toEqual(['throughline-kaffi', 'throughline-kaffi-test'])
  })

  it('has a policy that allows just what the commands ask of AWS', () => {
    const [text = '{}'] = examplesOf('json')
    const { Statement } = JSON.parse(text) as { Statement: readonly { Action: string | readonly string[] }[] }
    expect(Statement.flatMap(({ Action }) => Action).sort()).toEqual(actions())
  })
})
