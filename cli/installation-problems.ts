import type { Installation } from '#infra/installations.ts'
import { readBrand } from '#shared/brand/brand.ts'
import { domainOf } from '#shared/channels/email/address.ts'
import type { Problem, Source } from '#shared/documents/document.ts'
import type { Files } from '#shared/journeys/folder/brand-folder.ts'

type Told = Pick<Installation, 'name' | 'from' | 'sms' | 'push'>

/** What a brand asks for and its installation does not give: the folder alone cannot know. */
export function installationProblems(files: Files, installation: Told): readonly Problem[] {
  const reading = readBrand('brand.yaml', files['brand.yaml'] ?? '')
  if (!reading.ok) return []
  const { senders } = reading.document
  const { name, from, sms, push } = installation
  const address = senders.email?.address
  return [
    ...(address === undefined || domainOf(address) === domainOf(from)
      ? []
      : [foreignSender(reading.source, installation)]),
    ...(senders.sms === undefined || sms ? [] : [unsent(reading.source, 'sms', `${name} sends no SMS`, 'sms: yes')]),
    ...(senders.push === undefined || push !== undefined
      ? []
      : [unsent(reading.source, 'push', `${name} pushes nothing`, 'push: { … }')]),
  ]
}

function foreignSender(source: Source, { name, from }: Told): Problem {
  const message = `The installation ${name} may send email from ${domainOf(from)} only.`
  return source.problemAt(
    ['senders', 'email', 'address'],
    message,
    `Write ${from}, or change "from" in installations.yaml and deploy.`,
  )
}

/** Messages go by another of their channels, where they have one. */
function unsent(source: Source, channel: string, what: string, setting: string): Problem {
  const fix = `Say "${setting}" in installations.yaml and deploy, or take the sender away.`
  return { ...source.problemAt(['senders', channel], `The installation ${what}.`, fix), severity: 'warning' }
}
