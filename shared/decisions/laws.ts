import type { Hours } from '../brand/purposes.ts'

/** A law on the hours of marketing messages, which no brand can do without. */
export interface Law {
  /** ISO 3166: where the number belongs, or she lives. */
  readonly countries: readonly string[]
  readonly channel: string
  /** When it forbids them, on her clocks. */
  readonly forbidden: Hours
  /** Where the brand has no hours of its own for the country: what is safe under stricter laws inside it as well. */
  readonly prudent: Hours
  readonly source: string
}

/**
 * As of 21 November 2026. Only what is certain stands here; it is no legal advice. State laws in the USA are stricter
 * than the federal one and published tables of them contradict each other: from 20:00 to 09:00 nearly all forbid it,
 * and a brand that wants other hours names them in `quiet hours`, `countries`, after asking its counsel.
 */
export const LAWS: readonly Law[] = [
  {
    // The USA and its territories, 47 U.S.C. § 153(58).
    countries: ['US', 'PR', 'VI', 'GU', 'AS', 'MP', 'UM'],
    channel: 'sms',
    forbidden: { from: '21:00', to: '08:00' },
    prudent: { from: '20:00', to: '09:00' },
    source: 'TCPA, 47 CFR 64.1200(c)(1)',
  },
]
