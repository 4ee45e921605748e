import type { Providers, World } from '#shared/world/world.ts'
import { guardedHttp } from '../kit/guarded-http.ts'
import type { Permission } from '../kit/manifest.ts'
import { sortableIds } from '../kit/sortable-ids.ts'
import { systemClock } from './clock.ts'
import { closedDoor } from './closed-door.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { cloudWatchLog } from './log.ts'
import type { Outside } from './outside.ts'

/** A door with its client of AWS, which is most of what a function loads: nobody loads one without a right to it. */
interface Opening<Opened> {
  readonly by: RegExp
  readonly open: (environment: Environment, outside: Outside) => Promise<Opened>
}

const DOORS: readonly Opening<Partial<World>>[] = [
  { by: /^table:/, open: async (...given) => (await import('./doors/table.ts')).openTable(...given) },
  { by: /^bus:/, open: async (...given) => (await import('./doors/bus.ts')).openBus(...given) },
  { by: /^machines:/, open: async (...given) => (await import('./doors/machines.ts')).openMachines(...given) },
  { by: /^secrets:/, open: async (...given) => (await import('./doors/secrets.ts')).openSecrets(...given) },
  { by: /^sign-in:/, open: async (environment) => (await import('./doors/sign-in.ts')).openSignIn(environment) },
]

const PROVIDERS: readonly Opening<Providers>[] = [
  { by: /^send:email$/, open: async (...given) => (await import('./doors/email.ts')).openEmail(...given) },
  { by: /^send:sms$/, open: async (...given) => (await import('./doors/sms.ts')).openSms(...given) },
  { by: /^send:push$/, open: async (...given) => (await import('./doors/push.ts')).openPush(...given) },
]

const CLOSED: Pick<World, 'table' | 'bus' | 'machines' | 'secrets'> = {
  table: closedDoor('table'),
  bus: closedDoor('bus'),
  machines: closedDoor('machines'),
  secrets: closedDoor('secrets'),
}

/**
 * The world on AWS, from the function's environment and role, for a function that may do this with it: every other
 * door is closed.
 * @param outside what is around it: other than on AWS only where AWS is played
 * @throws Misconfigured
 */
export async function makeWorld(
  may: readonly Permission[],
  variables: Readonly<Record<string, string | undefined>> = process.env,
  outside: Outside = { http: guardedHttp(), clock: systemClock },
): Promise<World> {
  const environment = readEnvironment(variables)
  const { http, clock } = outside
  const opened = <Opened>(openings: readonly Opening<Opened>[]): Promise<Opened[]> =>
    Promise.all(
      openings.filter(({ by }) => may.some((one) => by.test(one))).map(({ open }) => open(environment, outside)),
    )
  const [doors, providers] = await Promise.all([opened(DOORS), opened(PROVIDERS)])
  return {
    ...CLOSED,
    ...Object.assign({}, ...doors),
    providers: Object.assign({}, ...providers),
    http,
    clock,
    ids: sortableIds(() => clock.now()),
    log: cloudWatchLog(environment.STACK),
    settings: { publicUrl: environment.PUBLIC_URL },
  }
}
