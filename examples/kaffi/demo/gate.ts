import type { World } from '#shared/world/world.ts'

/** Stands round a world: counts what its bus takes, and gives ids that are the same in every run. */
export class Gate {
  accepted = 0
  #lastId = 0

  /** Whatever hangs on a customer's id, such as her side of a split, then falls the same way each time. */
  wrap(world: World): World {
    return {
      ...world,
      ids: { next: () => `kaffi${String(++this.#lastId).padStart(8, '0')}` },
      bus: {
        publish: async (events) => {
          const results = await world.bus.publish(events)
          this.accepted += results.filter((result) => result.accepted).length
          return results
        },
      },
    }
  }
}
