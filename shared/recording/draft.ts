import type { KeyObject } from 'node:crypto'
import { Impossible } from '../errors/errors.ts'
import { type Enrolment, endEnrolment, enrolmentItem, enrolmentKey } from '../journeys/runs/enrolment.ts'
import { endWait, waitKey } from '../journeys/runs/wait-row.ts'
import { indexWrites } from '../profiles/customer-index.ts'
import { dateWrites } from '../profiles/date-rows.ts'
import { identifierItem, identifierKey, identifierName } from '../profiles/identifier-rows.ts'
import type { OpenRun, Profile } from '../profiles/profile.ts'
import { putProfile } from '../profiles/store.ts'
import { momentIn, readTimelineItem, type TimelineRow } from '../profiles/timeline-row.ts'
import type { Identifier } from '../touchpoints/identifiers.ts'
import type { ResumeOutcome } from '../world/machines.ts'
import { type Item, type Key, keyOf, type Write } from '../world/table.ts'

/** What one row of the commit was for, so that a condition that fails can be understood. */
export type Purpose =
  | { readonly of: 'profile' }
  | { readonly of: 'touchpoint'; readonly id: string }
  | { readonly of: 'identifier'; readonly identifier: Identifier }
  | { readonly of: 'enrolment'; readonly id: string }
  | { readonly of: 'wait'; readonly sk: string }
  | { readonly of: 'dispatch'; readonly sk: string }
  | { readonly of: 'record' }

export interface Planned {
  readonly write: Write
  readonly purpose: Purpose
}

/**
 * One commit in the making: profiles as they will be, and the rows that go with them. Nothing is written before
 * `operations` is handed to the table as one write.
 */
export class Draft {
  readonly profiles = new Map<string, Profile>()
  readonly #read = new Map<string, Profile>()
  readonly #reviewed = new Set<string>()
  readonly #endedWaits: Key[] = []
  readonly #changed = new Set<string>()
  readonly #rows = new Map<string, Planned>()
  readonly #enrolments = new Map<string, Enrolment>()
  /** Enrolments that there have not been before, whichever of their runs the commit leaves. */
  readonly #madeNow = new Set<string>()
  readonly #holders = new Map<string, string>()
  readonly #attached = new Map<
    string,
    { readonly identifier: Identifier; readonly customer: string; readonly isNew: boolean }
  >()
  readonly #timeline: { readonly customer: string; readonly row: TimelineRow }[] = []
  readonly now: number

  constructor(now: number) {
    this.now = now
  }

  /** Takes over what was read. */
  load(profile: Profile): void {
    this.profiles.set(profile.id, profile)
    this.#read.set(profile.id, profile)
  }

  /** Notes that all memberships of hers were looked at: one commit has no room to do it twice. */
  review(customer: string): void {
    this.#reviewed.add(customer)
  }

  hasReviewed(customer: string): boolean {
    return this.#reviewed.has(customer)
  }

  hold(name: string, customer: string): void {
    this.#holders.set(name, customer)
  }

  holderOf(identifier: Identifier): Profile | undefined {
    const customer = this.#holders.get(identifierName(identifier))
    const profile = customer === undefined ? undefined : this.profiles.get(customer)
    return profile?.mergedInto === undefined ? profile : this.profiles.get(profile.mergedInto)
  }

  change(profile: Profile): void {
    this.profiles.set(profile.id, profile)
    this.#changed.add(profile.id)
  }

  profile(id: string): Profile {
    const profile = this.profiles.get(id)
    if (profile === undefined)
      throw new Impossible('recording.profile-not-loaded', 'A draft changed a profile it had not loaded.')
    return profile
  }

  /** The identifier's row will name this customer. */
  attach(identifier: Identifier, customer: string): void {
    const name = identifierName(identifier)
    const holder = this.#holders.get(name)
    if (identifier.kind === 'customerId' || holder === customer) return
    const isNew = this.#attached.get(name)?.isNew ?? holder === undefined
    this.#holders.set(name, customer)
    this.#attached.set(name, { identifier, customer, isNew })
  }

  /** A row of its own; a second `set` of the same row joins the first. */
  add(write: Write, purpose: Purpose): void {
    const { pk, sk } = keyOf(write)
    const name = `${pk}\n${sk}`
    const before = this.#rows.get(name)?.write
    if (before !== undefined && 'set' in before && 'set' in write)
      this.#rows.set(name, { write: { ...before, attributes: { ...before.attributes, ...write.attributes } }, purpose })
    else this.#rows.set(name, { write, purpose })
  }

  /** Keeps a timeline row in sight of what the same commit decides later. */
  remember(customer: string, row: Item): void {
    this.#timeline.push({ customer, row: readTimelineItem(row) })
  }

  /** The moment of the touchpoint that is being applied, in the time of her profile. */
  moment(customer: string): number {
    return momentIn(this.profile(customer).version + 1, this.#timeline.length)
  }

  /** Newest first. */
  timelineOf({ id, aliases }: Pick<Profile, 'id' | 'aliases'>): readonly TimelineRow[] {
    return this.#timeline
      .filter(({ customer }) => customer === id || aliases.includes(customer))
      .map(({ row }) => row)
      .reverse()
  }

  enrol(enrolment: Enrolment): void {
    if (enrolment.run === 1) this.#madeNow.add(enrolment.id)
    this.#enrolments.set(enrolment.id, enrolment)
  }

  enrolment(id: string): Enrolment | undefined {
    return this.#enrolments.get(id)
  }

  /** Takes the run from the profile and marks its rows; its machine finds out at its next step, or now if it waits for a token. */
  endRun(
    profile: Profile,
    id: string,
    run: OpenRun,
    ending: { readonly reason: string; readonly detail?: string | undefined },
  ): Profile {
    const home = run.home ?? profile.id
    const made = this.#enrolments.get(id)
    const ended = { ...ending, endedAt: this.now }
    if (made !== undefined) this.#enrolments.set(id, { ...made, state: 'ended', ...ended })
    else this.add(endEnrolment(enrolmentKey(home, id), ended), { of: 'record' })
    if (run.wait !== undefined) this.endWait(home, id, run.wait.step, { error: 'Left', cause: ending.reason })
    const { [id]: _, ...runs } = profile.runs
    return { ...profile, runs }
  }

  endWait(home: string, enrolment: string, step: string, outcome: ResumeOutcome): void {
    const key = waitKey(home, enrolment, step)
    this.add(endWait(key, home, outcome, this.now), { of: 'wait', sk: key.sk })
    this.#endedWaits.push(key)
  }

  /** All of it as one write, with what each operation was for. */
  operations(hashKey: KeyObject): readonly Planned[] {
    const profiles = [...this.#changed].map((id) => ({
      write: putProfile(this.profile(id)),
      purpose: { of: 'profile' } as const,
    }))
    const found = [...this.#changed].flatMap((id) =>
      [...indexWrites(this.#read.get(id), this.profile(id)), ...dateWrites(this.#read.get(id), this.profile(id))].map(
        (write) => ({ write, purpose: { of: 'record' } as const }),
      ),
    )
    const identifiers = [...this.#attached.values()].map(({ identifier, customer, isNew }) => {
      const put = identifierItem(identifierKey(hashKey, identifier), customer)
      return {
        write: isNew ? { put, when: 'absent' as const } : { put },
        purpose: { of: 'identifier', identifier } as const,
      }
    })
    const enrolments = [...this.#enrolments.values()].map((enrolment) => {
      const put = enrolmentItem(enrolment, this.now)
      const write: Write = this.#madeNow.has(enrolment.id) ? { put, when: 'absent' } : { put }
      return { write, purpose: { of: 'enrolment', id: enrolment.id } as const }
    })
    // The row of a run that starts over takes the place of what the run before it would still have changed.
    const replaced = new Set(enrolments.map(({ write }) => keyOf(write).sk))
    const others = [...this.#rows.values()].filter(({ write }) => !replaced.has(keyOf(write).sk))
    return [...profiles, ...found, ...identifiers, ...enrolments, ...others]
  }

  /** Runs to be started once the commit stands, but for those that wait for their turn. Their rows say so too, for whoever comes after a crash. */
  starts(): readonly Enrolment[] {
    return [...this.#enrolments.values()].filter(({ state, startsAt }) => state === 'pending' && startsAt === undefined)
  }

  /** Rows of waits whose machines are to be told. */
  endedWaits(): readonly Key[] {
    return this.#endedWaits
  }

  /** Identifiers as they stand once the commit is through. */
  attached(): readonly { readonly identifier: Identifier; readonly customer: string }[] {
    return [...this.#attached.values()]
  }
}
