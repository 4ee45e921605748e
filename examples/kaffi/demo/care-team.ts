import { HOUR, MINUTE } from '#shared/time/duration.ts'
import type { Doors } from './doors.ts'

interface Line {
  readonly id: string
  /** ISO 8601: since when it waits for us, or for her. */
  readonly since: string
}

const AGENT = 'mia'
const FROM = 8.5
const TO = 18

const ANSWERS: Readonly<Record<string, string>> = {
  en: 'I am sorry about that. The next cup is on us: it is on your card already.',
  sv: 'Det var tråkigt att höra. Nästa kopp bjuder vi på: den finns redan på ditt kort.',
  da: 'Det er vi kede af. Den næste kop giver vi: den er allerede på dit kort.',
  nl: 'Dat spijt ons. De volgende kop is van ons: hij staat al op je kaart.',
}

/** Reads what waits in the inbox in working hours, answers it, and closes it when nothing more comes. */
export class CareTeam {
  readonly #doors: Doors
  readonly #midnight: number

  constructor(doors: Doors, midnight: number) {
    this.#doors = doors
    this.#midnight = midnight
  }

  async work(now: number): Promise<void> {
    const hour = ((now - this.#midnight) / HOUR) % 24
    if (hour < FROM || hour >= TO) return
    for (const { id } of await this.#inbox('waiting', now - 25 * MINUTE)) await this.#answer(id)
    for (const { id } of await this.#inbox('answered', now - 45 * MINUTE))
      await this.#doors.ask(`/v1/conversations/${id}/close`, { agent: AGENT, reason: 'made good' })
  }

  async #answer(id: string): Promise<void> {
    const { her } = (await this.#doors.ask(`/v1/conversations/${id}`)) as { her: { language?: string } }
    const text = ANSWERS[her.language ?? 'en']
    await this.#doors.ask(`/v1/conversations/${id}/replies`, { agent: AGENT, text, reply: id })
  }

  async #inbox(state: 'waiting' | 'answered', before: number): Promise<readonly Line[]> {
    const page = (await this.#doors.ask(`/v1/conversations?state=${state}`)) as { conversations: readonly Line[] }
    return page.conversations.filter(({ since }) => Date.parse(since) <= before)
  }
}
