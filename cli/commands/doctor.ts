import type { Command } from 'commander'
import { brandOf } from '../brand-of.ts'
import { exampleOf, outputWidth, show } from '../output.ts'

interface Flags {
  readonly strict?: boolean
  readonly json?: boolean
}

export function doctor(parent: Command): void {
  parent
    .command('doctor')
    .summary('say what a deployed system still lacks')
    .description('look at all that an installation needs on AWS, and say what is missing; it changes nothing')
    .argument('<name>', 'the installation, by its name in installations.yaml')
    .option('--strict', 'fail on warnings, and on what could not be found out, too')
    .option('--json', 'print what was found as JSON')
    .addHelpText('after', exampleOf('doctor kaffi'))
    .action(async (name: string, flags: Flags) => {
      const [{ findInstallation }, { accessTo }, { examine }, { doctorText }] = await Promise.all([
        import('#infra/installations.ts'),
        import('../aws/deployed-place.ts'),
        import('../doctor/examine.ts'),
        import('../doctor/doctor-text.ts'),
      ])
      const installation = findInstallation(name)
      const findings = await examine({
        installation,
        access: accessTo(installation),
        brand: brandOf(installation),
      })
      show(findings, flags, (found) => doctorText(found, outputWidth()))
      const fails = flags.strict === true ? ['missing', 'warning', 'unknown'] : ['missing']
      if (findings.some(({ state }) => fails.includes(state))) process.exitCode = 1
    })
}
