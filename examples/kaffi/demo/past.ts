import { DAY, HOUR } from '#shared/time/duration.ts'
import type { Person } from './people.ts'
import { Random } from './random.ts'
import { signUp } from './sign-up.ts'
import { type Happening, pastOrder } from './visits.ts'

/** What Kaffi knows of a member before the day, as an import brings it. */
export function pastOf(person: Person, seed: string, midnight: number): readonly Happening[] {
  if (!person.isLapsed) return [known(person, midnight - (7 + ((person.number * 37) % 80)) * DAY, midnight)]
  const random = new Random(`${seed}/past/${person.number}`)
  // Sixty days later, which is the morning of the day, she is one of the lapsed.
  const lastAt = midnight - 60 * DAY + random.between(6.2, 8.8) * HOUR
  return [known(person, midnight - 90 * DAY, midnight), pastOrder(person, lastAt, random)]
}

function known(person: Person, at: number, midnight: number): Happening {
  const signedUp = signUp(person, at, 'app', 'history')
  return person.hasOldPoints ? { ...signedUp, traits: { ...signedUp.traits, ...expiry(person, midnight) } } : signedUp
}

/** In thirty days, or one or two more. */
function expiry({ number, points }: Person, midnight: number): Happening['traits'] {
  const noon = midnight + (30.5 + (number % 3)) * DAY
  return { pointsExpiring: points, pointsExpireOn: new Date(noon).toISOString().slice(0, 10) }
}
