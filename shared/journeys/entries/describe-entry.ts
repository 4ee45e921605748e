import { describeDuration } from '../../time/duration.ts'
import { describeLocalMoment } from '../../time/local-moment.ts'
import type { Entry } from './entry.ts'

/** What lets a customer in, in a few words: `order.started`, `joins lapsed, 2000 per hour`. */
export function describeEntry({ on, pace }: Pick<Entry, 'on' | 'pace'>): string {
  const slowly = pace === undefined ? '' : `, ${pace.entries} per ${describeDuration(pace.per).replace(/^1 /, '')}`
  return describeOn(on) + slowly
}

function describeOn(on: Entry['on']): string {
  switch (on.kind) {
    case 'touchpoint':
      return on.type
    case 'joins':
    case 'leaves':
      return `${on.kind} ${on.segment}`
    case 'schedule':
      return `${on.cron.text}${on.zone === undefined ? '' : ` in ${on.zone}`}, to ${on.segment}`
    case 'once':
      return `${describeLocalMoment(on.moment)}${zoneText(on.zone)}, to ${on.segment}`
    case 'date':
      return `${offsetText(on.offset)}${on.trait}${on.yearly ? ', every year' : ''}, at ${on.at}`
    case 'api':
      return 'the API'
  }
}

function zoneText(zone: string | undefined): string {
  if (zone === undefined) return ''
  return zone === 'hers' ? ' where she is' : ` in ${zone}`
}

function offsetText(offset: number): string {
  const days = Math.abs(offset)
  return offset === 0 ? '' : `${days} ${days === 1 ? 'day' : 'days'} ${offset < 0 ? 'before' : 'after'} `
}
