import { html } from 'hono/html'
import { careView } from './care-view.ts'
import { inboxView, phoneView } from './devices-view.ts'
import type { Guide } from './guide.ts'
import { type IconName, icon } from './icons.ts'
import type { Story } from './tell-story.ts'
import { threadView } from './thread-view.ts'
import { dateOf, hourOf, whenOf } from './wall-time.ts'

type Html = ReturnType<typeof html>

/** The whole page, with the story as it is now. */
export function storyPage(story: Story): Html {
  return document(
    `${story.name}’s thread`,
    html`${storyView(story)}
<p class="unseen" id="says" aria-live="polite"></p><p class="toast" id="toast" role="alert" hidden></p>
<script type="module" src="/story/app.js"></script>`,
  )
}

/** What changes while the page is looked at. */
export function storyView(story: Story): Html {
  const { now, zone, name, pushes, mails } = story
  return html`<div id="story">
<header class="top"><p class="mark"><span>Throughline</span> One customer, one thread, every channel</p>
<p class="clock">${icon('clock')}<span><time datetime="${new Date(now).toISOString()}">${hourOf(now, zone)}</time> ${dateOf(now, zone)}</span></p></header>
${guideView(story.guide)}
<main>
<nav class="views" aria-label="Show">${viewButton('thread', 'Thread', 0)}${viewButton('phone', 'Phone', unopened(pushes))}${viewButton('inbox', 'Inbox', unopened(mails))}</nav>
<section class="thread" aria-labelledby="thread-title"><header><h1 id="thread-title">${name}’s thread</h1><p>${knownAs(story)}</p></header>
<div class="scroll" tabindex="0" role="region" aria-label="${name}’s thread">${threadView(story)}</div>${careView(story)}</section>
<section class="phone" aria-labelledby="phone-title"><h2 id="phone-title">${name}’s phone</h2>${phoneView(story)}</section>
<section class="inbox" aria-labelledby="inbox-title"><h2 id="inbox-title">${name}’s inbox</h2>${inboxView(story)}</section>
</main>
${actsView(story)}</div>`
}

function knownAs({ knownBy, points }: Story): string {
  return [...knownBy, ...(points === undefined ? [] : [`${points} points`])].join(' · ')
}

function guideView({ steps, hint }: Guide): Html {
  return html`<section class="guide" aria-label="What to try"><ol>${steps.map(
    ({ text, state }, index) =>
      html`<li class="${state}" ${state === 'now' ? html`aria-current="step"` : ''}><span class="count">${state === 'done' ? icon('done') : index + 1}</span><span>${text}</span></li>`,
  )}</ol><p>${hint}</p></section>`
}

function viewButton(view: string, label: string, count: number): Html {
  return html`<button type="button" data-show="${view}">${label}${count === 0 ? '' : html`<span class="badge">${count}<span class="unseen"> new</span></span>`}</button>`
}

function unopened(messages: readonly { readonly isOpened: boolean }[]): number {
  return messages.filter(({ isOpened }) => !isOpened).length
}

interface Button {
  readonly act: string
  readonly icon: IconName
  readonly label: string
  /** Where there is room for one word only. */
  readonly short: string
  readonly place: string
  readonly message?: string | undefined
  readonly isOff?: boolean
}

/** What one can have her do. What the guide suggests stands out. */
function actsView({ guide, pushes, mails, wakesAt, zone, now, hasStopped }: Story): Html {
  const unread = [...pushes, ...mails].filter(({ isOpened }) => !isOpened).sort((a, b) => b.at - a.at)[0]
  const wait =
    wakesAt === undefined
      ? { label: 'Skip an hour', place: 'nothing waits' }
      : { label: 'Skip the wait', place: `to ${whenOf(wakesAt, zone, now)}` }
  const buttons: readonly Button[] = [
    { act: 'look', icon: 'laptop', label: 'Look at a drink', short: 'Look', place: 'on her laptop' },
    { act: 'order', icon: 'phone', label: 'Start an order', short: 'Order', place: 'on her phone' },
    { act: 'buy', icon: 'store', label: 'Buy in the store', short: 'Buy', place: 'with her card' },
    { act: 'complain', icon: 'complain', label: 'Complain', short: 'Care', place: 'on her phone' },
    { act: 'skip', icon: 'clock', short: 'Skip', ...wait },
    {
      act: 'open',
      icon: 'open',
      label: 'Open it',
      short: 'Open',
      place: 'the newest message',
      message: unread?.id,
      isOff: unread === undefined,
    },
    { act: 'stop', icon: 'stop', label: 'Reply STOP', short: 'STOP', place: 'by SMS', isOff: hasStopped },
  ]
  return html`<div class="acts" role="group" aria-label="What she does">${buttons.map((button) => actButton(button, guide.suggestion === button.act))}</div>`
}

function actButton(
  { act, icon: name, label, short, place, message, isOff = false }: Button,
  isSuggested: boolean,
): Html {
  return html`<button type="button" id="act-${act}" data-act="${act}" ${message === undefined ? '' : html`data-message="${message}"`} class="${isSuggested ? 'suggested' : ''}" aria-label="${label}, ${place}" ${isOff ? 'disabled' : ''}>
${icon(name)}<span data-short="${short}"><b>${label}</b><small>${place}</small></span></button>`
}

/** The frame of a page of the embedded system: nothing is loaded from elsewhere. */
export function document(title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><title>${title} · Throughline</title>
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath d='M8 2C8 14 24 18 24 30' fill='none' stroke='%23b04a26' stroke-width='5' stroke-linecap='round'/%3E%3C/svg%3E">
<link rel="stylesheet" href="/console/palette.css"><link rel="stylesheet" href="/story/style.css"><link rel="stylesheet" href="/story/thread.css"><link rel="stylesheet" href="/story/devices.css"><link rel="stylesheet" href="/story/care.css"><link rel="stylesheet" href="/story/narrow.css"></head>
<body data-view="thread">${body}</body></html>`
}
