import { catalog } from '#functions/catalog.ts'
import type { Trigger } from '#functions/kit/manifest.ts'
import { ALLOWED, ROLES } from '#functions/kit/roles.ts'
import { channels } from '#shared/channels/catalog.ts'
import { REASONS } from '#shared/decisions/decision.ts'
import { jsonSchemaText } from '#shared/documents/json-schema.ts'
import { NOT_ENTERED } from '#shared/insights/why-entry.ts'
import { DOCUMENT_FILES, type DocumentName, documentSchema } from '#shared/journeys/folder/document-schemas.ts'
import { stepKinds } from '#shared/journeys/steps/catalog.ts'
import { BUILT_IN } from '#shared/touchpoints/catalogue.ts'

const NOTE = 'This page is printed from the code by `npm run docs`.'

/** The pages of docs/reference, by file name. */
export function reference(): Readonly<Record<string, string>> {
  return {
    ...schemas(),
    'functions.md': page(
      'Functions',
      table(
        ['function', 'does', 'started by', 'may'],
        catalog.map(({ name, does, trigger, may }) => [
          `\`${name}\``,
          does,
          startedBy(trigger),
          may.map((one) => `\`${one}\``).join(' '),
        ]),
      ),
    ),
    'roles.md': page('Who may what', roles()),
    'touchpoints.md': page(
      'Built-in touchpoints',
      table(
        ['type', 'says'],
        Object.entries(BUILT_IN).map(([type, says]) => [`\`${type}\``, says]),
      ),
    ),
    'reasons.md': page('Reasons', reasons()),
    'journeys.md': page(
      'Steps and channels',
      `A step is a map with one of these keys: ${Object.keys(stepKinds)
        .map((key) => `\`${key}\``)
        .join(', ')}. Every step may also have \`name\` and \`if it fails\`.\n\nChannels: ${Object.keys(channels)
        .map((name) => `\`${name}\``)
        .join(', ')}.`,
    ),
  }
}

function roles(): string {
  const rows = Object.entries(ALLOWED).map(([route, allowed]) => {
    const words =
      allowed === 'signed in' ? ROLES.map(() => 'yes') : ROLES.map((role) => (allowed.includes(role) ? 'yes' : ''))
    return [`\`${route.replace('{pause|resume|retire}', '')}\``, ...words]
  })
  return [
    'What the HTTP API lets people do who signed in, by their roles. The token of the installation may all, and what does',
    'not stand here is for the token only. A test asks every route as everybody.\n',
    table(['route', ...ROLES], rows),
  ].join('\n')
}

function reasons(): string {
  const rows = (sentences: Readonly<Record<string, string>>) =>
    Object.entries(sentences).map(([code, says]) => [`\`${code}\``, says])
  return [
    'Why a message went out, waits or was not sent; stored with every decision, and counted.',
    table(['reason', 'says'], rows(REASONS)),
    '## A journey that was not entered',
    'Why a touchpoint of the right type did not let her in; stored with the touchpoint.',
    table(['reason', 'says'], rows(NOT_ENTERED)),
  ].join('\n\n')
}

/** The JSON Schemas of all documents, for editors. */
function schemas(): Readonly<Record<string, string>> {
  const names = Object.keys(DOCUMENT_FILES) as DocumentName[] // the keys of a constant object
  return Object.fromEntries(names.map((name) => [`schemas/${name}.json`, jsonSchemaText(documentSchema(name))]))
}

function page(title: string, body: string): string {
  return `# ${title}\n\n${NOTE}\n\n${body}\n`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

function startedBy(trigger: Trigger): string {
  switch (trigger.on) {
    case 'bus':
      return `touchpoints on the bus, ${trigger.batchSize} at a time`
    case 'task':
      return 'a step of a journey'
    case 'http':
      return `HTTP: ${trigger.paths.join(' ')}`
    case 'schedule':
      return `every ${trigger.everyMinutes} minute${trigger.everyMinutes === 1 ? '' : 's'}`
    case 'changes':
      return `changes of rows ${trigger.sortKeys.join(' ')}`
    case 'provider-events':
      return `events of ${trigger.sources.join(' ')}`
  }
}
