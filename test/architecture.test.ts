import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = join(import.meta.dirname, '..')
const SOURCES = globSync('{shared,functions,infra,local,console,cli,bench,examples,docs,test}/**/*.ts', {
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

/** Of `functions/`, the folder of one function; the kit and the AWS side are apart. */
const FUNCTION = 'functions/<verb-noun>'

/**
 * Which folders, or files of them, each folder imports besides its own. The console is files for a browser: what is
 * imported of it is what it is served with.
 */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  'functions/kit': ['shared', 'functions/aws/world.ts', 'functions/aws/stream-changes.ts'],
  'functions/aws': ['shared', 'functions/kit'],
  [FUNCTION]: ['shared', 'functions/kit'],
  'functions/catalog.ts': [FUNCTION, 'functions/kit'],
  // Of functions it reads the manifests, never a handler.
  infra: ['shared', 'functions/kit', 'functions/aws', 'functions/catalog.ts', 'console/headers.ts'],
  local: ['shared', 'functions/kit', FUNCTION, 'console/headers.ts'],
  console: [],
  cli: ['shared', 'local', 'infra/installations.ts', 'functions/aws/fault.ts'],
  examples: ['shared', 'local'],
  docs: ['shared', 'functions/kit', 'functions/catalog.ts'],
}

function folderOf(path: string): string {
  const [top = '', inside = ''] = path.split('/')
  if (top !== 'functions') return top
  return `functions/${inside}` in MAY_IMPORT ? `functions/${inside}` : FUNCTION
}

const tierOf = (file: string): number => TIERS.findIndex((folders) => folders.includes(file.split('/')[1] ?? ''))

interface Import {
  readonly file: string
  /** A path in the project, or a package's name. */
  readonly target: string
}

/** Of code that is written to be bundled, what is not known yet is left out. */
function importsOf(file: string): readonly Import[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^'$]+)'/g)
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

  it('a folder imports what it may of others, and nobody imports the tests and the measures', () => {
    expect(
      broken(({ file, target }) => {
        const [from, to] = [folderOf(file), folderOf(target)]
        const isOther = from !== to && (to in MAY_IMPORT || ['bench', 'test'].includes(to))
        return isOther && !MAY_IMPORT[from]?.some((one) => one === to || one === target)
      }),
    ).toEqual([])
  })

  it('every folder says what it may import', () => {
    const silent = SOURCES.filter((file) => !isTest(file) && !(folderOf(file) in MAY_IMPORT))
    expect(silent).toEqual([])
  })

  it('the AWS SDK stands in functions/aws, the providers of channels, and what ops ask AWS only', () => {
    const mayUse = (file: string): boolean =>
      ['functions/aws', 'infra/on-delete', 'cli/aws', 'cli/doctor'].some((folder) => within(file, folder)) ||
      /^shared\/channels\/[^/]+\/(ses|end-user-messaging)\.ts$/.test(file)
    expect(broken(({ file, target }) => target.startsWith('@aws-sdk/') && !mayUse(file))).toEqual([])
  })

  it('CDK stands in infra only', () => {
    expect(
      broken(({ file, target }) => /^(aws-cdk-lib|constructs|cdk-nag)/.test(target) && !within(file, 'infra')),
    ).toEqual([])
  })

  it('one function does not import another', () => {
    expect(
      broken(({ file, target }) => {
        const [one, other] = [file, target].map((path) => /^functions\/([^/]+)\//.exec(path)?.[1])
        return folderOf(file) === FUNCTION && folderOf(target) === FUNCTION && one !== other
      }),
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
