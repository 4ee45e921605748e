import { expect } from 'vitest'
import { type EndState, withoutHolds } from './end-state.ts'

/** @param label says what was done to the system, for whoever reads a failure. */
export type Compare = (end: EndState, undisturbed: EndState, label: string) => void

/** As if nothing had happened. */
export const alike: Compare = (end, undisturbed, label) =>
  expect(withoutHolds(end), label).toEqual(withoutHolds(undisturbed))

/** What is not about whether a message was sent is alike; about that, the promise is kept. */
export const honest: Compare = (end, undisturbed, label) => {
  expect(others(end), label).toEqual(others(undisturbed))
  for (const { message, purpose, state } of end.dispatches) {
    const times = end.taken.filter((one) => one.message === message).length
    const keeps = purpose === 'service' ? isNeverLost : isNeverRepeated
    expect(keeps(state, times), `${label}: ${message} is ${state} and arrived ${times} times`).toBe(true)
  }
  // What counts against her caps is what was sent, or may have been.
  const sent = end.dispatches.map(({ purpose, channel }) => `${purpose}/${channel}`)
  expect(
    end.profiles.flatMap(({ counted }) => counted),
    label,
  ).toEqual(sent.toSorted())
}

function isNeverLost(state: string, times: number): boolean {
  return state === 'sent' && times >= 1 && times <= 2
}

function isNeverRepeated(state: string, times: number): boolean {
  return state === 'uncertain' ? times <= 1 : state === 'sent' && times === 1
}

function others({ dispatches: _, taken: _taken, counters: _counters, timeline, profiles, ...rest }: EndState) {
  return {
    ...rest,
    profiles: profiles.map(({ counted: _counted, ...profile }) => profile),
    timeline: timeline.filter(({ type }) => type !== 'message.delivered'),
  }
}
