import { readBrand } from '#shared/brand/brand.ts'
import { domainOf } from '#shared/channels/email/address.ts'
import { placeOf } from '../aws/deployed-place.ts'
import { connectAt } from '../client.ts'
import type { Examined } from './examined.ts'
import { type Finding, missing, ok, warning } from './finding.ts'

/** Which brand the deployed system has, asked with its token. */
export async function checkBrand({ installation, outputs, access }: Examined): Promise<readonly Finding[]> {
  if (outputs.ApiUrl === undefined) return []
  const client = connectAt(await placeOf(installation, access))
  const { files } = await client.get<{ files: Readonly<Record<string, string>> }>('/v1/brand/files')
  const text = files['brand.yaml']
  const reading = text === undefined ? undefined : readBrand('brand.yaml', text)
  if (reading?.ok !== true)
    return [
      missing('brand.published', 'no brand is published', {
        remedy: `Run "throughline deploy-brand --to ${installation.name}".`,
      }),
    ]
  const { name, senders } = reading.document
  const published = ok('brand.published', `${name} is published, ${Object.keys(files).length} files`)
  const sender = senders.email?.address
  return sender === undefined ? [published] : [published, senderFinding(sender, installation.from)]
}

/** What the role of send-message may send from is the address and its domain. */
function senderFinding(sender: string, from: string): Finding {
  const remedy = 'Write the same address into both, then deploy, or publish the brand again.'
  if (sender === from) return ok('brand.sender', `it writes as ${sender}`)
  if (domainOf(sender) === domainOf(from))
    return warning('brand.sender', `it writes as ${sender}, installations.yaml says ${from}`, { remedy })
  return missing('brand.sender', `it writes as ${sender}, and may write as ${from} only`, { remedy })
}
