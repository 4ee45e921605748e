import { describe, expect, it } from 'vitest'
import { readInstallations } from '#infra/installations.ts'
import { billFor } from '../../bench/cost/bill.ts'
import { idleUsage, type Template } from '../../bench/cost/idle.ts'
import { aTemplate, EVERYTHING } from './a-template.ts'

/*
 * A month in which nothing happens is to cost next to nothing, whatever it is that has been deployed: here is its bill,
 * at list prices less what every account has for nothing, as if nothing else ran in it.
 */

const installation = readInstallations()[0]!

function billOf(template: object) {
  return billFor(idleUsage(template as Template), { free: true })
}

describe('an installation that stands idle', () => {
  it.each([
    ['as small as it can be', {}, 3],
    ['as installations.yaml has it', installation, 3],
    ['with all that may be left out, a key of its own among it', EVERYTHING, 4],
  ])('costs no more than it may, %s', (_which, settings, most) => {
    const { lines, dollars } = billOf(aTemplate(settings).toJSON())
    expect(dollars, JSON.stringify(lines)).toBeLessThanOrEqual(most)
    expect(dollars).toBeGreaterThan(1)
  })

  it('has no kind of resource that is forgotten', () => {
    const Resources = { New: { Type: 'AWS::EC2::NatGateway' } }
    expect(() => idleUsage({ Resources })).toThrow('AWS::EC2::NatGateway')
  })
})
