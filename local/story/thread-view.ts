import { html, raw } from 'hono/html'
import { icon } from './icons.ts'
import type { Moment, Place } from './moment.ts'
import { stamp } from './stamp.ts'
import type { Story } from './tell-story.ts'
import type { Waiting } from './waiting.ts'
import { dateOf, gapOf, hourOf } from './wall-time.ts'

type Html = ReturnType<typeof html>

const LANES = ['laptop', 'phone', 'store'] as const

/** Email is read on the laptop, an SMS on the phone. */
const LANE: Readonly<Record<Place, number>> = { laptop: 0, email: 0, phone: 1, sms: 1, store: 2 }

const PLACE_NAMES: Readonly<Record<Place, string>> = {
  laptop: 'Laptop',
  phone: 'Phone',
  store: 'Store',
  email: 'Email',
  sms: 'SMS',
}

/** Her thread: one line that goes from lane to lane as she goes from place to place, oldest first. */
export function threadView(story: Story): Html {
  const { moments } = story
  const first = moments.findIndex(({ place }) => place !== undefined)
  let lane = LANE[moments[first]?.place ?? 'phone']
  const rows = moments.flatMap((moment, index) => {
    const from = lane
    lane = moment.place === undefined ? lane : LANE[moment.place]
    return [...pauseBefore(moments, index, from, story), row(moment, { from, to: lane, isFirst: index === 0 }, story)]
  })
  return html`<div class="lanes" aria-hidden="true">${LANES.map((name) => html`<span>${icon(name)}${PLACE_NAMES[name]}</span>`)}</div>
<ol class="line">${rows}${endOfLine(story, lane)}</ol>`
}

/** A new day, or a stretch of time in which nothing happened. */
function pauseBefore(moments: readonly Moment[], index: number, lane: number, { zone, now }: Story): readonly Html[] {
  const [before, moment] = [moments[index - 1], moments[index]]
  if (before === undefined || moment === undefined) return []
  const day = dateOf(moment.at, zone)
  const gap = gapOf(before.at, moment.at)
  const isNewDay = day !== dateOf(before.at, zone)
  if (gap === undefined && !isNewDay) return []
  const text = [gap, isNewDay ? (day === dateOf(now, zone) ? 'today' : day) : undefined]
    .filter((part) => part !== undefined)
    .join(', ')
  return [html`<li class="pause lane-${lane}" id="before-${moment.id}"><span class="rail"></span><p>${text}</p></li>`]
}

function row({ id, at, place, tone, title, detail, reasons }: Moment, { from, to, isFirst }: Turn, story: Story): Html {
  const where = place === undefined ? '' : PLACE_NAMES[place]
  return html`<li class="moment ${tone} lane-${to}" id="${id}" data-say="${where === '' ? title : `${where}: ${title}`}">
${isFirst ? '' : turn(from, to)}<span class="rail"></span><span class="bead">${place === undefined ? '' : icon(place)}</span>
<div class="words"><p class="meta">${where === '' ? '' : html`<span class="where">${where}</span>`}${stamp(at, story)}</p>
<p class="title">${title}</p>${detail === undefined ? '' : html`<p class="detail">${detail}</p>`}${reasons.map((reason) => html`<p class="reason">${reason}</p>`)}</div></li>`
}

interface Turn {
  readonly from: number
  readonly to: number
  readonly isFirst: boolean
}

/** From the lane the line was in to the one where it is met next; drawn on a grid on which a lane is 10 wide. */
function turn(from: number, to: number) {
  const [x, y] = [from * 10 + 5, to * 10 + 5]
  return raw(
    `<svg class="turn" viewBox="0 0 30 50" preserveAspectRatio="none" aria-hidden="true"><path pathLength="1" d="M${x} 0C${x} 30 ${y} 20 ${y} 50"/></svg>`,
  )
}

function endOfLine({ now, zone, waitings }: Story, lane: number): Html {
  return html`<li class="now lane-${lane} ${waitings.length === 0 ? '' : 'waits'}" id="now">${turn(lane, lane)}<span class="bead"></span>
<div class="words"><p class="meta"><span class="where">Now</span><time>${hourOf(now, zone)}</time></p>${waitings.map(waitingView)}</div></li>`
}

function waitingView({ enrolment, what, then }: Waiting): Html {
  return html`<p class="waiting" id="waiting-${enrolment}"><b>${what}</b> ${then}</p>`
}
