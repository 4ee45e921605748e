import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { NOTICES } from '#shared/world/notices.ts'

const ROOT = join(import.meta.dirname, '../..')

/** The lines that a function writes, as CloudWatch reads them. */
function linesOf(work: string): readonly Record<string, unknown>[] {
  const program = `
    import { cloudWatchLog } from '#functions/aws/log.ts'
    const log = cloudWatchLog('throughline-kaffi')
    ${work}`
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: ROOT,
    encoding: 'utf8',
  })
  return [...stderr.split('\n'), ...stdout.split('\n')].filter((line) => line !== '').map((line) => JSON.parse(line))
}

describe('what operators are told of', () => {
  it('is a line, and counted for the installation under its words', () => {
    const [line, counted, ...others] = linesOf(`log.warn('messages come again', { function: 'f', count: 3 })`)
    expect(others).toEqual([])
    expect(line).toMatchObject({
      level: 'WARN',
      message: 'messages come again',
      service: 'throughline-kaffi',
      details: { function: 'f', count: 3 },
    })
    expect(counted).toMatchObject({
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'Throughline',
            Dimensions: [['service']],
            Metrics: [{ Name: 'messages come again', Unit: 'Count' }],
          },
        ],
      },
      service: 'throughline-kaffi',
      'messages come again': 3,
    })
  })

  it('counts once where it says no count, each time it is told', () => {
    const lines = linesOf(`log.error('function failed'); log.error('function failed', { code: 'a.b' })`)
    expect(lines.flatMap((line) => line['function failed'] ?? [])).toEqual([1, 1])
  })

  it('is nothing else: what explains is not counted', () => {
    const lines = linesOf(`log.info('function failed'); log.warn('something else')`)
    expect(lines.filter((line) => '_aws' in line)).toEqual([])
    expect(lines).toHaveLength(2)
  })

  it('is every warning and error that is written anywhere', () => {
    const sources = globSync('{shared,functions}/**/*.ts', { cwd: ROOT }).filter((file) => !file.endsWith('.test.ts'))
    const told = sources.flatMap((file) =>
      [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\blog\.(?:warn|error)\(\s*'([^']*)'/g)].map(
        ([, text]) => text,
      ),
    )
    expect([...new Set(told)].sort()).toEqual([...NOTICES].sort())
  })
})
