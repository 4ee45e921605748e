import { describe, expect, it } from 'vitest'
import { readBrandFiles } from '#local/brand-files.ts'
import { installationProblems } from './installation-problems.ts'

const KAFFI = { name: 'kaffi', from: 'hello@kaffi.example', sms: true, push: {} }
const files = readBrandFiles('examples/kaffi')

describe('what a brand asks of its installation', () => {
  it('is given where both say the same', () => {
    expect(installationProblems(files, KAFFI)).toEqual([])
  })

  it('may write from any address of the domain that is verified', () => {
    expect(installationProblems(files, { ...KAFFI, from: 'ops@kaffi.example' })).toEqual([])
    const [problem, ...others] = installationProblems(files, { ...KAFFI, from: 'hello@coffee.example' })
    expect(others).toEqual([])
    expect(problem).toMatchObject({ file: 'brand.yaml', path: 'senders.email.address' })
    expect(files['brand.yaml']?.split('\n')[(problem?.line ?? 0) - 1]).toContain('address: hello@kaffi.example')
  })

  it('is warned of a channel that the installation has not', () => {
    const found = installationProblems(files, { ...KAFFI, sms: false, push: undefined })
    expect(found.map(({ path, severity }) => [path, severity])).toEqual([
      ['senders.sms', 'warning'],
      ['senders.push', 'warning'],
    ])
  })

  it('is nothing where brand.yaml cannot be read: its own problems say so', () => {
    expect(installationProblems({ 'brand.yaml': 'brand: [' }, KAFFI)).toEqual([])
  })
})
