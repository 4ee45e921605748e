import { html } from 'hono/html'
import { icon } from './icons.ts'
import { stamp } from './stamp.ts'
import type { Mail, Push, Story, Text } from './tell-story.ts'
import { dateOf, hourOf } from './wall-time.ts'

type Html = ReturnType<typeof html>

/** Her phone: notifications on the lock screen, and the SMS thread once there is one. */
export function phoneView(story: Story): Html {
  const { now, zone, pushes, texts, allowsPush } = story
  return html`<div class="handset"><div class="screen">
<p class="hour" aria-hidden="true">${hourOf(now, zone)}</p><p class="date" aria-hidden="true">${dateOf(now, zone)}</p>
<ul class="pushes" aria-label="Notifications">${pushes.slice(0, 4).map((push) => notification(push, story))}</ul>
${pushes.length + texts.length === 0 ? html`<p class="calm">${allowsPush ? 'Nothing new' : 'Notifications are off'}</p>` : ''}
${texts.length === 0 ? '' : sheet(story)}
</div></div>
<label class="switch"><input type="checkbox" role="switch" data-act="notifications" ${allowsPush ? 'checked' : ''}><span>She allows notifications</span></label>`
}

function notification({ id, at, title, body, isOpened }: Push, story: Story): Html {
  const { brand } = story
  return html`<li id="push-${id}" class="${isOpened ? 'opened' : ''}"><button type="button" data-act="open" data-message="${id}" ${isOpened ? 'disabled' : ''}>
<span class="app" aria-hidden="true">${brand.charAt(0).toLowerCase()}</span>
<span class="note"><span class="sender">${brand}${isOpened ? html`<span>opened</span>` : stamp(at, story)}</span><b>${title}</b><span>${body}</span></span></button></li>`
}

function sheet(story: Story): Html {
  const { brand, texts, hasStopped } = story
  return html`<section class="sms" id="sms" aria-label="SMS from ${brand}"><h3>${icon('sms')}${brand}</h3>
<ol>${texts.slice(-4).map((text) => bubble(text, story))}</ol>
${hasStopped ? html`<p class="calm">No more SMS from ${brand}</p>` : html`<button type="button" data-act="stop">Reply STOP</button>`}</section>`
}

function bubble({ id, at, isHers, text }: Text, story: Story): Html {
  return html`<li id="text-${id}" class="${isHers ? 'hers' : 'ours'}"><p>${text}</p>${stamp(at, story)}</li>`
}

/** Her inbox: opening a mail is opening it. */
export function inboxView(story: Story): Html {
  const { name, mails } = story
  if (mails.length === 0)
    return html`<div class="empty">${icon('email')}<p><b>Nothing in ${name}’s inbox yet.</b></p><p>Her phone comes first, as her journeys say. Turn its notifications off, and the next message finds its way here.</p></div>`
  return html`<div class="mails">${mails.map((mail) => mailView(mail, story))}</div>`
}

function mailView({ id, at, from, subject, html: body, isOpened }: Mail, story: Story): Html {
  return html`<details class="mail ${isOpened ? 'opened' : 'unread'}" id="mail-${id}" name="mail" ${isOpened ? '' : html`data-opens="${id}"`}>
<summary><span class="from">${from.name}${stamp(at, story)}</span><b>${subject}</b></summary>
<iframe sandbox="" title="${subject}" loading="lazy" referrerpolicy="no-referrer" srcdoc="${body}"></iframe>
<p class="mail-acts"><button type="button" data-act="click" data-message="${id}">Follow its link</button></p></details>`
}
