import { findProfile } from '#shared/insights/customer.ts'
import { acceptEvents } from '#shared/recording/doors/accept-events.ts'
import type { System } from '../system.ts'

/** Whose story is told: the touchpoint by which she became known, as `people/<name>.json` in a brand folder has it. */
export interface Persona {
  readonly identifiers: {
    readonly userId: string
    readonly phone?: string
    readonly loyaltyCard?: string
  }
  readonly device?: {
    readonly id: string
    readonly platform?: 'ios' | 'android' | 'web'
    readonly pushToken?: string
  }
}

/** Makes her known to a system that does not know her yet. */
export async function introduce({ world }: System, persona: Persona): Promise<void> {
  const known = await findProfile(world, { kind: 'userId', value: persona.identifiers.userId })
  if (known === undefined) await acceptEvents(world, [persona])
}
