import { html } from 'hono/html'
import type { Care } from './care.ts'
import { icon } from './icons.ts'
import { capitalised, spoken } from './moment.ts'
import { stamp } from './stamp.ts'
import type { Story } from './tell-story.ts'

type Html = ReturnType<typeof html>

/** The desk of whoever answers her, below the thread that everybody sees; there while a conversation is open. */
export function careView(story: Story): Html | '' {
  const { care } = story
  if (care === undefined) return ''
  return html`<section class="care ${care.waitsForUs ? 'waiting-for-us' : ''}" id="care" aria-label="What the care team does">
<p class="desk">${icon('care')}<b>${care.team === undefined ? 'Nobody’s yet' : capitalised(spoken(care.team))}</b><span>${care.waitsForUs ? 'waits since' : 'answered'} ${stamp(care.since, story)}</span>${care.mutes ? mutedView(care.held) : ''}</p>
${care.waitsForUs ? answerView(care, story) : closeView(story)}</section>`
}

function mutedView(held: number): Html {
  return html`<span class="mute">${icon('mute')}Marketing is muted${held === 0 ? '' : html` · ${held} held`}</span>`
}

function answerView({ conversation, about }: Care, { name, guide }: Story): Html {
  const id = `answer-${conversation}`
  return html`${about === undefined ? '' : html`<p class="about">${about}</p>`}
<div class="answer"><textarea id="${id}" rows="2" maxlength="500" aria-label="Answer to ${name}">I am sorry, ${name}. The next one is on us.</textarea>
${button('reply', 'Answer', guide.suggestion === 'reply', id)}</div>`
}

function closeView({ guide }: Story): Html {
  return html`<div class="answer"><p>She has her answer, so marketing may go on. The journey waits for the end.</p>${button('close', 'Close it', guide.suggestion === 'close')}</div>`
}

function button(act: string, label: string, isSuggested: boolean, from?: string): Html {
  return html`<button type="button" id="act-care" data-act="${act}" ${from === undefined ? '' : html`data-from="${from}"`} class="${isSuggested ? 'suggested' : ''}">${label}</button>`
}
