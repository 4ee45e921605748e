import type { Provider } from '#shared/world/provider.ts'
import type { World } from '#shared/world/world.ts'

/** Stands between a caller and a door. @param call which one, for people */
export type Watcher = (call: string, effect: () => Promise<unknown>) => Promise<unknown>

/** The world with somebody at its doors. */
export function watchedWorld(world: World, watcher: Watcher): World {
  const providers = Object.entries(world.providers).map(([channel, provider]): [string, Provider] => [
    channel,
    watched(`provider.${channel}`, provider, watcher),
  ])
  return {
    ...world,
    table: watched('table', world.table, watcher),
    bus: watched('bus', world.bus, watcher),
    machines: watched('machines', world.machines, watcher),
    providers: Object.fromEntries(providers),
  }
}

function watched<T extends object>(door: string, target: T, watcher: Watcher): T {
  return new Proxy(target, {
    get(_, name) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...given: unknown[]) =>
        watcher(`${door}.${String(name)} ${about(given[0])}`, async () => member.apply(target, given) as unknown)
    },
  })
}

/** Enough of a call's argument to find the call in the code. */
function about(given: unknown): string {
  const list = Array.isArray(given) ? given : [given]
  return list
    .map((one) => (one?.put ?? one?.set ?? one?.remove ?? one?.check ?? one?.add ?? one)?.sk)
    .map((sk) => (typeof sk === 'string' ? sk.slice(0, 2) : ''))
    .join('+')
}
