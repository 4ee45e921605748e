import type { Conversation } from '#shared/conversations/conversation.ts'
import { type InboxQuery, listInbox } from '#shared/conversations/inbox.ts'
import { closeConversation } from '#shared/recording/conversations/close-conversation.ts'
import { reply } from '#shared/recording/conversations/reply.ts'
import type { Answered } from '#shared/recording/conversations/send-answer.ts'
import { aStage, type Stage } from './a-system.ts'

export const ADA = { kind: 'userId', value: 'ada' } as const
export const PHONE = '+4520123456'
export const EMAIL = 'ada@example.org'

const TEAMS = ['care', 'care-leads']

/** A stage with agents, on which Ada is known and allows offers. */
export interface Inbox extends Stage {
  list(query?: InboxQuery): Promise<readonly Conversation[]>
  /** The one conversation that waits for us. */
  only(): Promise<Conversation>
  /** She writes. */
  says(text: string, more?: object): Promise<void>
  reply(id: string, text: string, more?: { agent?: string; channel?: string; reply?: string }): Promise<Answered>
  close(id: string, agent?: string): Promise<void>
  /** Her thread, a line each. */
  thread(): Promise<readonly string[]>
}

export async function anInbox(
  journeys: Readonly<Record<string, string>> = {},
  more: Parameters<typeof aStage>[0] = {},
): Promise<Inbox> {
  const stage = await aStage({
    journeys,
    messages: ['how-did-we-do', 'offer'],
    forms: ['sms', 'push'],
    ...more,
  })
  await stage.receive({
    type: 'customer.signed-up',
    identifiers: { userId: 'ada', email: EMAIL, phone: PHONE },
    consent: { offers: { email: true, sms: true } },
  })
  return inboxOf(stage)
}

function inboxOf(stage: Stage): Inbox {
  const { world, clock } = stage.system
  let count = 0
  const list: Inbox['list'] = async (query = {}) => (await listInbox(world, TEAMS, query)).conversations
  return {
    ...stage,
    list,
    only: async () => {
      const [conversation, ...others] = await list()
      if (conversation === undefined || others.length > 0) throw new Error('There is not exactly one.')
      return conversation
    },
    says: async (text, further = {}) => {
      const message = { type: 'message.answered', channel: 'sms', identifiers: { phone: PHONE }, properties: { text } }
      await stage.receive({ ...message, ...further })
    },
    reply: async (conversation, text, { agent = 'Bo', reply: own = `reply ${++count}`, ...rest } = {}) => {
      const answered = await reply(world, { conversation, agent, text, reply: own, ...rest })
      await clock.advance(0)
      return answered
    },
    close: async (id, agent = 'Bo') => {
      await closeConversation(world, id, { agent })
      await clock.advance(0)
    },
    thread: async () => ((await stage.customer(ADA))?.thread ?? []).map(({ text }) => text),
  }
}
