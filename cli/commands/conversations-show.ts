import type { Command } from 'commander'
import type { ConversationView } from '#shared/insights/conversation-view.ts'
import { connect } from '../client.ts'
import { conversationText } from '../conversation-text.ts'
import { exampleOf, jsonOption, outputWidth, show } from '../output.ts'

export function conversationsShow(conversations: Command): void {
  conversations
    .command('show')
    .description('show a conversation: what was said, who she is, what has happened since we last spoke')
    .argument('<id>')
    .addOption(jsonOption())
    .addHelpText('after', exampleOf('conversations show cnv_1f0c9d2ab47e6a35'))
    .action(async (id: string, flags: { json?: boolean }, command: Command) => {
      const view = await connect(command).get<ConversationView>(`/v1/conversations/${encodeURIComponent(id)}`)
      show(view, flags, (one) => conversationText(one, outputWidth()))
    })
}
