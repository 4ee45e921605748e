import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const SOURCES = globSync('{shared,functions,infra,local,console,cli,bench,examples,test}/**/*.ts', {
  cwd: ROOT,
}).filter((file) => !file.endsWith('.d.ts'))
const isTest = (file: string): boolean =>
  file.startsWith('test/') || /\.test\.ts$/.test(file) || file.startsWith('bench/')

/** Folders of `shared/` in tiers: a file imports its own tier and those above it only. */
const TIERS = [
  ['errors', 'time', 'world', 'documents'],
  ['touchpoints', 'jobs'],
  ['profiles'],
  ['segments'],
  ['brand', 'channels', 'messages'],
  ['decisions'],
  ['dispatches'],
  ['conversations'],
  ['journeys'],
  ['recording'],
  ['insights'],
]

const tierOf = (file: string): number => TIERS.findIndex((folders) => folders.includes(file.split('/')[1] ?? ''))

interface Import {
  readonly file: string
  /** A path in the project, or a package's name. */
  readonly target: string
}

function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)
  return [...found].map(([, specifier = '']) => ({ file, target: resolve(file, specifier) }))
}

function resolve(file: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1)
  return specifier.startsWith('.') ? relative('.', normalize(join(dirname(file), specifier))) : specifier
}

const IMPORTS = SOURCES.flatMap(importsOf)
const production = IMPORTS.filter(({ file }) => !isTest(file))
const broken = (rule: (one: Import) => boolean): readonly string[] =>
  production.filter(rule).map(({ file, target }) => `${file} → ${target}`)
const within = (path: string, folder: string): boolean => path.startsWith(`${folder}/`)

describe('who may import whom', () => {
  it('shared imports only downwards', () => {
    expect(
      broken(({ file, target }) => within(file, 'shared') && within(target, 'shared') && tierOf(target) > tierOf(file)),
    ).toEqual([])
  })

  it('every folder of shared has its tier', () => {
    expect(SOURCES.filter((file) => within(file, 'shared') && tierOf(file) < 0)).toEqual([])
  })

  it('shared knows no other folder', () => {
    const others = ['functions', 'infra', 'local', 'cli', 'bench', 'test']
    expect(
      broken(({ file, target }) => within(file, 'shared') && others.some((folder) => within(target, folder))),
    ).toEqual([])
  })

  it('the AWS SDK stands in functions/aws, the providers of channels, and what ops ask AWS only', () => {
    const mayUse = (file: string): boolean =>
      ['functions/aws', 'infra/on-delete', 'cli/aws', 'cli/doctor'].some((folder) => within(file, folder)) ||
      /^shared\/channels\/[^/]+\/(ses|end-user-messaging)\.ts$/.test(file)
    expect(broken(({ file, target }) => target.startsWith('@aws-sdk/') && !mayUse(file))).toEqual([])
  })

  it('CDK stands in infra only', () => {
    expect(broken(({ file, target }) => /^(aws-cdk-lib|constructs)/.test(target) && !within(file, 'infra'))).toEqual([])
  })

  it('infra reads manifests and never a handler', () => {
    expect(broken(({ file, target }) => within(file, 'infra') && /handler\.ts$/.test(target))).toEqual([])
  })

  it('a function imports its own folder, the kit and shared', () => {
    expect(
      broken(({ file, target }) => {
        const own = /^functions\/([^/]+)\//.exec(file)?.[1]
        if (own === undefined || ['kit', 'aws'].includes(own)) return false
        return (
          ['infra', 'local', 'cli'].some((folder) => within(target, folder)) ||
          (within(target, 'functions') && !within(target, `functions/${own}`) && !within(target, 'functions/kit'))
        )
      }),
    ).toEqual([])
  })

  it('the console is files for a browser: all that is imported of it is what it is served with', () => {
    expect(
      broken(
        ({ file, target }) => within(target, 'console') && !within(file, 'console') && target !== 'console/headers.ts',
      ),
    ).toEqual([])
    expect(SOURCES.filter((file) => within(file, 'console'))).toEqual(['console/headers.ts'])
  })

  it('nobody imports the commands, the measures or the tests', () => {
    expect(
      broken(({ file, target }) =>
        ['cli', 'bench', 'test'].some((folder) => within(target, folder) && !within(file, folder)),
      ),
    ).toEqual([])
  })
})

describe('what shared may not do', () => {
  const forbidden: readonly (readonly [string, RegExp])[] = [
    ['read the clock', /Date\.now\(|new Date\(\)|performance\.now\(/],
    ['draw at random', /Math\.random\(|randomUUID|randomBytes/],
    ['read the environment', /process\.env/],
    ['write to the terminal', /console\./],
  ]
  it.each(forbidden)('never to %s', (_, pattern) => {
    const files = SOURCES.filter((file) => within(file, 'shared') && !isTest(file))
    expect(files.filter((file) => pattern.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
  })
})

describe('size', () => {
  const lines = (file: string): number => readFileSync(join(ROOT, file), 'utf8').split('\n').length - 1

  it('a file has at most 250 lines, a test 400', () => {
    const long = SOURCES.filter((file) => lines(file) > (isTest(file) ? 400 : 250))
    expect(long.map((file) => `${file} ${lines(file)}`)).toEqual([])
  })

  it('a handler has at most 15 lines and a manifest 20', () => {
    const long = SOURCES.filter(
      (file) =>
        (file.endsWith('/handler.ts') && lines(file) > 15) ||
        (file.endsWith('/manifest.ts') && !file.includes('/kit/') && lines(file) > 20),
    )
    expect(long).toEqual([])
  })

  it('no folder is a catch-all', () => {
    expect(
      SOURCES.filter((file) => /\/(utils?|helpers?|common|lib|services|types|core|index)(\/|\.ts$)/.test(file)),
    ).toEqual([])
  })
})

describe('errors', () => {
  it('every code has its section in docs/errors.md', () => {
    const docs = readFileSync(join(ROOT, 'docs/errors.md'), 'utf8')
    const codes = SOURCES.filter((file) => !isTest(file)).flatMap((file) => {
      const text = readFileSync(join(ROOT, file), 'utf8')
      return [
        ...text.matchAll(/new (?:InvalidInput|Conflict|Unavailable|Misconfigured|Impossible|Left)\(\s*'([^']+)'/g),
        ...text.matchAll(/problemResponse\(\s*\d+,\s*'([^']+)'/g),
      ].map(([, code = '']) => code)
    })
    expect([...new Set(codes)].filter((code) => !docs.includes(`### ${code}\n`)).sort()).toEqual([])
  })
})

describe('tests', () => {
  it('use no mocks: the world is the seam', () => {
    const files = SOURCES.filter((file) => isTest(file) && file !== 'test/architecture.test.ts')
    expect(files.filter((file) => /vi\.(mock|fn|spyOn)\(/.test(readFileSync(join(ROOT, file), 'utf8')))).toEqual([])
  })
})
