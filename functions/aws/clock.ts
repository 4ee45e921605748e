import type { Clock } from '#shared/world/world.ts'

export const systemClock: Clock = { now: () => Date.now() }
