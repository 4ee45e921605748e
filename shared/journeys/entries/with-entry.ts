import type { Profile } from '../../profiles/profile.ts'
import type { LiveJourney } from '../versions/live.ts'

interface NewEntry {
  readonly enrolment: string
  readonly enteredAt: number
  readonly now: number
  /** The customer whose partition holds its rows, where that is not she. */
  readonly home?: string | undefined
}

/** Her profile with what an entry leaves for good: when she entered, and the goal that is watched from then on. */
export function withEntry(
  profile: Profile,
  { name, version, content }: LiveJourney,
  { enrolment, enteredAt, now, home }: NewEntry,
): Profile {
  const { goal } = content.document
  const others = profile.goals.filter((one) => one.enrolment !== enrolment && one.until >= now)
  const own = { journey: name, version, enteredAt, enrolment, home }
  return {
    ...profile,
    entered: { ...profile.entered, [name]: Math.max(enteredAt, profile.entered[name] ?? 0) },
    goals: goal === undefined ? others : [...others, { ...own, until: enteredAt + goal.within }],
  }
}
