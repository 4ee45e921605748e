import { Unavailable } from '#shared/errors/errors.ts'
import { steer } from '#shared/journeys/versions/steer.ts'
import type { Outgoing, Provider } from '#shared/world/provider.ts'
import type { World } from '#shared/world/world.ts'
import { QUIET, START, stageOf } from '#test/builders/a-system.ts'
import { System, type SystemOptions } from '../../local/system.ts'
import { randomFrom } from '../crash/random.ts'
import { type Watcher, watchedWorld } from '../crash/watched-world.ts'
import { pick, type Random } from './a-brand-by-chance.ts'
import { accept, anAct, anEvent, insist, PEOPLE, publishByChance, signedUp } from './a-life-by-chance.ts'
import { wrongAtTheEnd, wrongAtTheProvider } from './what-is-wrong.ts'

interface Telling {
  /** How many of the calls through a door fail, of 1. */
  readonly faults?: number
  readonly moments?: number
  /** What else the system is made with, and who is to know it when it is made. */
  readonly around?: Pick<SystemOptions, 'wrapWorld' | 'worldOf'> & { join(system: System): void }
}

/** A message that a provider took, and when. */
export interface Taken {
  readonly outgoing: Outgoing
  readonly at: number
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
const READS = /^table\.(get|getMany|query|queryIndex|scan) /
const PAUSES = ['0 seconds', '1 second', '20 minutes', '3 hours', '9 hours', '1 day', '3 days']

/**
 * A brand, the lives of its customers and what its people do, all by chance and several at once, while doors are slow and
 * fail now and then. @returns what is wrong: nothing.
 */
export async function tellEverything(
  seed: number,
  { faults = 0.004, moments = 40, around }: Telling = {},
): Promise<readonly string[]> {
  const stage = new Everything(seed, faults, around)
  await stage.begin()
  for (let moment = 0; moment < moments; moment++) await stage.tell(moment)
  return stage.end()
}

class Everything {
  readonly #random: Random
  readonly #noise: Random
  readonly #faults: number
  readonly #wrong: string[] = []
  readonly #taken: Taken[] = []
  readonly #system: System
  #journeys: Readonly<Record<string, string>> = {}
  #isDisturbed = false

  constructor(seed: number, faults: number, around: Telling['around']) {
    this.#random = randomFrom(seed)
    this.#noise = randomFrom(seed + 1_000_000)
    this.#faults = faults
    const provider: Provider = { name: 'test', idempotency: 'none', deliver: (outgoing) => this.#deliver(outgoing) }
    this.#system = new System({
      publicUrl: 'http://127.0.0.1:4700',
      realNow: () => START,
      log: QUIET,
      providers: { sms: provider, push: provider },
      ...around,
      wrapWorld: (world) => watchedWorld(around?.wrapWorld?.(world) ?? world, this.#disturb),
    })
    around?.join(this.#system)
    this.#system.startStepped()
  }

  get #world(): World {
    return this.#system.world
  }

  async begin(): Promise<void> {
    this.#journeys = await publishByChance(this.#world, this.#random)
    await accept(this.#world, PEOPLE.map(signedUp))
    await this.#system.clock.advance(0)
    this.#isDisturbed = true
  }

  async tell(moment: number): Promise<void> {
    const together: Promise<unknown>[] = []
    for (let more = Math.floor(this.#random() * 4); more > 0; more--) {
      const event = anEvent(this.#random, moment * 10 + more)
      together.push(accept(this.#world, this.#random() < 0.2 ? [event, event] : [event]))
    }
    if (this.#random() < 0.4) {
      if (this.#random() < 0.5) together.push(this.#system.clock.advance(0))
      together.push(this.#act(moment))
    }
    await Promise.all(together)
    await stageOf(this.#system).advance(pick(this.#random, PAUSES))
  }

  async #act(moment: number): Promise<void> {
    const journeys = await insist(() => anAct(this.#world, this.#random, moment, this.#journeys))
    if (journeys !== undefined) this.#journeys = journeys
  }

  async end(): Promise<readonly string[]> {
    this.#isDisturbed = false
    for (const name of Object.keys(this.#journeys))
      for (const steering of ['resume', 'retire'] as const) await steer(this.#world, name, steering, 'ops')
    await stageOf(this.#system).advance('2 minutes')
    await stageOf(this.#system).advance('200 days')
    this.#wrong.push(...(await wrongAtTheEnd(this.#system, this.#taken)))
    await this.#system.stop()
    return [...new Set(this.#wrong)]
  }

  #disturb: Watcher = async (call, effect) => {
    if (!this.#isDisturbed) return effect()
    for (let turns = Math.floor(this.#noise() * 3); turns > 0; turns--) await turn()
    if (this.#noise() >= this.#faults) return effect()
    if (READS.test(call) || this.#noise() < 0.5) throw new Unavailable('test.fault', 'The door is closed.')
    await effect()
    throw call.startsWith('provider')
      ? new Error('The answer was lost.')
      : new Unavailable('test.fault', 'The answer was lost.')
  }

  async #deliver(outgoing: Outgoing) {
    this.#wrong.push(...(await wrongAtTheProvider(this.#world, outgoing)))
    const chance = this.#isDisturbed ? this.#noise() : 1
    if (chance < 0.03) throw new Unavailable('test.down', 'It is down.')
    if (chance < 0.06) return { outcome: 'refused', reason: 'invalid', suppress: chance < 0.04 } as const
    this.#taken.push({ outgoing, at: this.#world.clock.now() })
    if (chance < 0.09) throw new Error('The connection broke.')
    return { outcome: 'accepted', providerId: outgoing.dispatch } as const
  }
}
