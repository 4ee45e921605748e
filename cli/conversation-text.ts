import { styleText } from 'node:util'
import type { ConversationView, Word } from '#shared/insights/conversation-view.ts'
import { onOneLine } from './display-width.ts'
import { attributeTexts, labelled } from './labelled.ts'
import { moment } from './moment.ts'

/** A conversation as an agent needs it before she answers. */
export function conversationText(view: ConversationView, width: number): string {
  const parts = [headText(view, width), sinceText(view), ['Said', ...view.words.map(wordText)].join('\n')]
  if (view.mayMeanStop)
    parts.push(styleText('yellow', 'She may want to get no more messages: ask, and tell her to write STOP.'))
  return parts.join('\n\n')
}

function headText(view: ConversationView, width: number): string {
  const { id, customer, state, team, agent, by, since, openedAt, closedAt, closedBy, reason, earlier, her, voice } =
    view
  const { identifiers, traits, consent, journeys, language, mutesMarketing } = her
  const ended = [closedAt === undefined ? undefined : moment(closedAt), closedBy, reason]
  return labelled(
    [
      ['Conversation', id],
      ['State', `${stateText(state)}${mutesMarketing ? ', marketing is mute' : ''}`],
      ['Team', team],
      ['Agent', agent],
      ['Opened', `${moment(openedAt)} by ${by === 'message' ? 'her message' : by}`],
      ['Closed', ended.flatMap((part) => part ?? []).join(', ') || undefined],
      ['Earlier', earlier],
      ['Customer', customer],
      ['Known by', Object.entries(identifiers).map(([kind, values]) => `${kind} ${values.join(', ')}`)],
      ['Reads', language],
      ['Traits', attributeTexts(traits)],
      [
        'Consent',
        consent.map(
          ({ purpose, channel, state: given }) => `${given === 'given' ? '' : 'not '}${purpose} by ${channel}`,
        ),
      ],
      ['In journeys', journeys.map(({ journey, since: entered }) => `${journey} since ${moment(entered)}`)],
      ['Address her', voice.formOfAddress],
      ['Never say', voice.never],
      ['Last contact', since.lastContactAt === undefined ? 'none before' : moment(since.lastContactAt)],
    ],
    width,
  )
}

function stateText(state: ConversationView['state']): string {
  if (state === 'closed') return state
  return state === 'waiting' ? 'waits for us' : 'waits for her'
}

function sinceText({ since: { facts, lastContactAt } }: ConversationView): string {
  const lines = facts.map(({ at, text }) => `  ${styleText('dim', moment(at))} ${onOneLine(text)}`)
  return [lastContactAt === undefined ? 'So far' : 'Since then', ...(lines.length === 0 ? ['  nothing'] : lines)].join(
    '\n',
  )
}

/** What has surely gone out needs no word. */
const OUT = new Set([undefined, 'sent', 'delivered'])

function wordText({ at, from, by = '', channel = '', text, state }: Word): string {
  const time = styleText('dim', moment(at))
  if (from === 'note') return `  ${time} ${styleText('yellow', `note by ${by}`)}  ${onOneLine(text)}`
  const who = from === 'her' ? styleText('bold', `she, ${channel}`) : styleText('green', `${by}, ${channel}`)
  const doubt = OUT.has(state) ? '' : styleText('yellow', ` (${state})`)
  return `  ${time} ${who}${doubt}  ${onOneLine(text)}`
}
