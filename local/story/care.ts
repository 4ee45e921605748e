import type { StoryFacts } from './story-facts.ts'

/** An open conversation of hers, as whoever looks after it sees it. */
export interface Care {
  readonly conversation: string
  readonly team?: string | undefined
  readonly waitsForUs: boolean
  /** Since when it waits, for us or for her. */
  readonly since: number
  /** What it is about. */
  readonly about?: string | undefined
  readonly mutes: boolean
  /** How many messages are held because of it. */
  readonly held: number
}

export function careOf({ conversations, dispatches }: StoryFacts): Care | undefined {
  const open = conversations.findLast(({ state }) => state !== 'closed')
  if (open === undefined) return undefined
  const { id, team, state, inAt, outAt, preview, mutes } = open
  const waitsForUs = state === 'waiting'
  return {
    conversation: id,
    team,
    waitsForUs,
    since: waitsForUs ? inAt : outAt,
    about: preview,
    mutes: mutes && waitsForUs,
    held: dispatches.filter(isHeldForCare).length,
  }
}

/** It would have gone out, but she waits for an answer. */
export function isHeldForCare({ state, because }: StoryFacts['dispatches'][number]): boolean {
  return state === 'held' && because.some(({ code }) => code === 'in-conversation')
}
