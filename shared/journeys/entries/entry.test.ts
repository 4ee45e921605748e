import { describe, expect, it } from 'vitest'
import { describeProblem } from '../../documents/document.ts'
import { readJourney } from '../journey.ts'
import { describeEntry } from './describe-entry.ts'
import { type Entry, entryTypes } from './entry.ts'

function reading(enter: string) {
  return readJourney('news.yaml', `journey: news\npurpose: offers\nenter: ${enter}\nsteps: []\n`)
}

function entry(enter: string): Entry {
  const read = reading(enter)
  if (!read.ok) throw new Error(read.problems.map(describeProblem).join('\n'))
  return read.document.enter
}

function problems(enter: string): readonly string[] {
  const read = reading(enter)
  return read.ok ? [] : read.problems.map(({ path, message, fix = '' }) => `${path}: ${message} ${fix}`.trim())
}

describe('an entry', () => {
  it.each([
    ['{ when: order.started }', { kind: 'touchpoint', type: 'order.started' }, ['order.started']],
    [
      '{ joins segment: lapsed, existing: include }',
      { kind: 'joins', segment: 'lapsed', existing: 'include' },
      ['segment.joined', 'journey.started'],
    ],
    ['{ leaves segment: lapsed }', { kind: 'leaves', segment: 'lapsed' }, ['segment.left']],
    [
      '{ schedule: "0 9 * * mon", segment: all }',
      { kind: 'schedule', cron: { text: '0 9 * * mon' } },
      ['journey.started'],
    ],
    [
      '{ once: "2026-12-24 09:00", zone: hers, segment: all }',
      { kind: 'once', moment: { date: '2026-12-24', time: '09:00' }, zone: 'hers' },
      ['journey.started'],
    ],
    [
      '{ date: birthday, offset: -2 weeks, every: year }',
      { kind: 'date', trait: 'birthday', offset: -14, at: '09:00', yearly: true },
      ['journey.started'],
    ],
    ['{ api: yes }', { kind: 'api' }, ['journey.started']],
  ])('%s', (enter, on, types) => {
    expect(entry(enter).on).toMatchObject(on)
    expect(entryTypes(entry(enter))).toEqual(types)
  })

  it('has its rules beside it, whatever it is', () => {
    const rules = 'again: after 7 days, pace: 2000 per hour, open: { from: 2026-11-20, to: "2026-12-24 18:00" }'
    expect(entry(`{ api: yes, ${rules}, key: order_id, same key: restart }`)).toMatchObject({
      again: 7 * 86_400_000,
      pace: { entries: 2_000, per: 3_600_000 },
      open: { from: { date: '2026-11-20' }, to: { date: '2026-12-24', time: '18:00' } },
      key: ['order_id'],
      sameKey: 'restart',
    })
  })

  it.each([
    ['{ when: order.started }', 'order.started'],
    ['{ joins segment: lapsed, pace: 2000 per hour }', 'joins lapsed, 2000 per hour'],
    ['{ leaves segment: lapsed }', 'leaves lapsed'],
    ['{ schedule: "0 9 * * mon", zone: Asia/Tokyo, segment: all }', '0 9 * * mon in Asia/Tokyo, to all'],
    ['{ once: "2026-12-24 09:00", zone: hers, segment: all }', '2026-12-24 09:00 where she is, to all'],
    ['{ once: "2026-12-24 09:00", segment: all, pace: 10 a minute }', '2026-12-24 09:00, to all, 10 per minute'],
    ['{ date: pointsExpireOn, offset: -30 days, at: "10:00" }', '30 days before pointsExpireOn, at 10:00'],
    ['{ date: birthday, every: year }', 'birthday, every year, at 09:00'],
    ['{ date: visitOn, offset: 1 day }', '1 day after visitOn, at 09:00'],
    ['{ api: yes }', 'the API'],
  ])('%s reads "%s"', (enter, text) => {
    expect(describeEntry(entry(enter))).toBe(text)
  })

  it.each([
    [
      '{ once: "2026-12-24 09:00", zone: Mars, segment: all }',
      'enter.zone: A zone is written as in "Europe/Copenhagen"; "hers" is where each is.',
    ],
    [
      '{ when: order.started, api: yes }',
      'enter.api: "when" and "api" do not go together in one entry. Say one of them; a second journey has the other.',
    ],
    [
      '{ if: { trait: plan, is: pro } }',
      'enter: This is no entry. It has one of: when, joins segment, leaves segment, schedule, once, date, api.',
    ],
    ['{ join segment: lapsed }', 'enter.join segment: "join segment" is not known here. Did you mean "joins segment"?'],
    ['{ once: "2026-12-24 09:00" }', 'enter: "segment" is missing. Add "segment".'],
    [
      '{ once: 2026-12-24, segment: all }',
      'enter.once: "2026-12-24" is not a date and a time, as in "2026-12-24 09:00".',
    ],
    [
      '{ schedule: "0 9 * *", segment: all }',
      'enter.schedule: "0 9 * *" is no schedule. It has five fields: minute, hour, day of the month, month, day of the week, as in "0 9 * * mon".',
    ],
    ['{ schedule: "0 9 * * *", zone: hers, segment: all }', 'enter.zone: A zone is written as in "Europe/Copenhagen".'],
    [
      '{ date: birthday, offset: 1 month }',
      'enter.offset: "1 month" is not a number of days or weeks, as in "-30 days" or "2 weeks".',
    ],
    ['{ date: birthday, every: month }', 'enter.every: "month" is not one of: year.'],
    ['{ date: birthday, where: { property: x, is: y } }', 'enter.where: "where" is not known here.'],
    ['{ api: no }', 'enter.api: "no" is not one of: yes.'],
    ['{ api: yes, pace: fast }', 'enter.pace: "fast" is not a pace, as in "2000 per hour".'],
    ['{ api: yes, pace: 0 per hour }', 'enter.pace: "0 per hour" is not a pace, as in "2000 per hour".'],
    [
      '{ api: yes, open: { from: soon } }',
      'enter.open.from: "soon" is not a date, with a time or without, as in 2026-12-24 or "2026-12-24 09:00".',
    ],
  ])('%s is refused', (enter, problem) => {
    expect(problems(enter)).toEqual([expect.stringContaining(problem)])
  })
})
