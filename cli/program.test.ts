import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { program } from './program.ts'

function pageOf(command: Command): string {
  let page = ''
  command.configureOutput({ writeOut: (text) => (page += text) }).outputHelp()
  return page
}

const tooWide = (page: string): readonly string[] => page.split('\n').filter((line) => line.length > 80)

const throughline = program()
const all = throughline.commands.flatMap((command) =>
  command.commands.length > 0 && command.name() !== 'clock' ? command.commands : [command],
)

describe('throughline --help', () => {
  it('is a table of contents: a line for each command, under headings', () => {
    const page = pageOf(throughline)
    const headings = [...page.matchAll(/^(\S.*):$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual([
      'Options',
      'Write and try',
      'Publish and steer',
      'Customers',
      'Events',
      'On AWS',
      'On one machine',
      'Examples',
    ])
    for (const command of throughline.commands)
      expect(page).toMatch(new RegExp(`^  ${command.name()} +\\S.{10,}\\n(  [a-z]|\\n)`, 'm'))
    expect(tooWide(page)).toEqual([])
  })

  it.each(throughline.commands.map((command) => [command.name(), command] as const))(
    'says what %s takes, in 80 columns',
    (_, command) => {
      expect(tooWide(pageOf(command).split('\nExample')[0] ?? '')).toEqual([])
    },
  )

  it.each(all.map((command) => [`${command.parent?.name()} ${command.name()}`, command] as const))(
    'gives an example of %s, and its options in 80 columns',
    (_, command) => {
      const [text = '', examples] = pageOf(command).split(/\nExamples?:\n/)
      expect(examples).toMatch(/^ {2}\$ throughline [a-z]/)
      expect(tooWide(text)).toEqual([])
    },
  )
})
