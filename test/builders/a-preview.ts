import { describeProblem } from '#shared/documents/document.ts'
import { type BrandFolder, readBrandFolder } from '#shared/journeys/folder/brand-folder.ts'
import { readAnswer } from '../../local/preview/answers.ts'
import type { Person } from '../../local/preview/person.ts'
import { type PreviewRequest, preview } from '../../local/preview/preview.ts'
import type { Moment, Preview } from '../../local/preview/tell-preview.ts'
import { aBrandFile, aMessageFolder, START } from './a-system.ts'

/** She allows everything and can be reached everywhere. */
export const SHE: Readonly<Record<string, unknown>> = {
  type: 'customer.identified',
  mode: 'history',
  identifiers: { userId: 'ada', email: 'ada@example.org', phone: '+4520123456' },
  device: { id: 'phone', platform: 'ios', pushToken: 'token' },
  traits: { firstName: 'Ada' },
  consent: { offers: { email: true, sms: true, push: true } },
}

export function she(traits: object): Person {
  return { events: [{ ...SHE, traits: { firstName: 'Ada', ...traits } }] }
}

interface Given extends Partial<Omit<PreviewRequest, 'answers'>> {
  readonly answers?: readonly string[]
  readonly brand?: string
  readonly more?: Readonly<Record<string, string>>
}

/** Previews a journey of a small brand whose messages have a push and an SMS of one word. */
export async function aPreview(yaml: string, { answers = [], brand, more, ...request }: Given = {}): Promise<Preview> {
  const folder = await aFolder(yaml, brand, more)
  const journey = Object.keys(folder.journeys)[0] ?? ''
  return preview({
    folder,
    journey,
    person: { events: [SHE] },
    at: START,
    answers: answers.map(readAnswer),
    ...request,
  })
}

export async function aFolder(yaml: string, brand = aBrandFile(), more: object = {}): Promise<BrandFolder> {
  const name = /^journey: (\S+)/m.exec(yaml)?.[1] ?? ''
  const messages = [...yaml.matchAll(/send: ([a-z0-9-]+)/g)].map(([, message = '']) => message)
  const files = {
    'brand.yaml': brand,
    [`journeys/${name}.yaml`]: yaml,
    ...Object.assign({}, ...messages.map((message) => aMessageFolder(message, ['push', 'sms']))),
    ...more,
  }
  const reading = await readBrandFolder(files)
  if (!reading.ok) throw new Error(reading.problems.map(describeProblem).join('\n'))
  return reading.folder
}

/** `10:00 send hello by push → path`: what happens, a line each. */
export function linesOf({ moments }: Pick<Preview, 'moments'>): readonly string[] {
  return moments.map((moment) => `${moment.at.slice(8, 16).replace('T', ' ')} ${lineOf(moment)}`)
}

function lineOf(moment: Moment): string {
  if (moment.kind === 'touchpoint') return `· ${moment.type}`
  if (moment.kind !== 'step') return `${moment.kind}${moment.reason === '' ? '' : `: ${moment.reason}`}`
  const sent = moment.messages.map(({ state, channel }) => ` (${[state, channel].join(' ').trim()})`)
  return `${moment.does}${sent.join('')}${moment.path === undefined ? '' : ` → ${moment.path}`}`
}

/** `10 11:00 push hello`: the messages that go out. */
export function messagesOf({ moments }: Pick<Preview, 'moments'>): readonly string[] {
  return moments.flatMap((moment) =>
    moment.kind === 'step'
      ? moment.messages
          .filter(({ content }) => content !== undefined)
          .map(({ at, channel, message }) => `${at} ${channel} ${message}`)
      : [],
  )
}
