import type { Command } from 'commander'
import { connect } from '../client.ts'
import { type EnrolmentView, enrolmentText } from '../enrolment-text.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'

export function enrolmentsShow(enrolments: Command): void {
  enrolments
    .command('show')
    .description('show one customer’s run through a journey, with its messages and their reasons')
    .argument('<customer>', 'her customer id, as "customers show" prints it')
    .argument('<enrolment>', 'the enrolment’s id, from the same place')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('enrolments show 1m7zv5wr80003583f47edc54ebdd549 JZ4LPWBS6GD45D3M_YVdmL'))
    .action(async (customer: string, enrolment: string, flags: { json?: boolean }, command: Command) => {
      const path = `/v1/journeys/enrolments/${encodeURIComponent(customer)}/${encodeURIComponent(enrolment)}`
      show(await connect(command).get<EnrolmentView>(path), flags, (view) => enrolmentText(view, outputWidth()))
    })
}
