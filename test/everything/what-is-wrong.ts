import { readDispatch } from '#shared/dispatches/dispatch-row.ts'
import { consentState, isChannelStopped } from '#shared/profiles/consent.ts'
import { type Profile, waitsForUs } from '#shared/profiles/profile.ts'
import { decode, loadProfile } from '#shared/profiles/store.ts'
import { DAY } from '#shared/time/duration.ts'
import { localTime } from '#shared/time/zones.ts'
import type { Outgoing } from '#shared/world/provider.ts'
import type { Item } from '#shared/world/table.ts'
import type { World } from '#shared/world/world.ts'
import { allRows } from '#test/builders/all-rows.ts'
import type { System } from '../../local/system.ts'
import type { Taken } from './everything.ts'

/** Whether a message on its way out may go, as things stood when it was claimed. */
export async function wrongAtTheProvider(
  { table, clock }: World,
  { dispatch, customer, channel, tags }: Outgoing,
): Promise<readonly string[]> {
  const item = await table.get({ pk: `C#${customer}`, sk: `D#${dispatch}` }).catch(() => undefined)
  const profile = await loadProfile({ table }, customer).catch(() => undefined)
  if (item === undefined || profile === undefined) return []
  const { seen, purpose } = readDispatch(item)
  // Somebody has written since; whether before or after the claim, other tests look at.
  if (profile.version !== (seen ?? 0) + 1) return []
  const wrong: string[] = []
  const isConfirmation = tags.message === 'stop-confirmation'
  if (isChannelStopped(profile.consent, channel) && !isConfirmation) wrong.push(`${channel} was stopped`)
  if (purpose !== 'offers') return wrong
  if (consentState(profile.consent, 'offers', channel) !== 'given') wrong.push('an offer without consent')
  const { hour } = localTime(clock.now(), 'Europe/Copenhagen')
  if (hour >= 21 || hour < 9) wrong.push(`an offer at ${hour} o'clock`)
  if (Object.values(profile.conversations).some((one) => one.mutes && waitsForUs(one)))
    wrong.push('an offer, unanswered')
  return wrong
}

/** What is left over when everything should be over. */
export async function wrongAtTheEnd(
  { world, machines, queues, clock }: System,
  taken: readonly Taken[],
): Promise<readonly string[]> {
  const rows = await allRows(world.table)
  const { running, failed } = machines.counts()
  const left = { 'running machines': running, 'failed machines': failed, 'queued events': queues.size() }
  const now = new Date(clock.now()).toISOString()
  return [
    ...Object.entries(left).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : [])),
    ...rows.flatMap((row) => wrongWithRow(row, now)),
    ...rows
      .filter(({ sk }) => sk === 'PROFILE')
      .map(decode)
      .flatMap((profile) => wrongWithProfile(profile, rows)),
    ...wrongWithMessages(rows, taken),
  ]
}

function wrongWithRow({ pk, sk, ipk = '', isk = '', state, reason }: Item, now: string): readonly string[] {
  const what = `${sk} is ${String(state)}`
  if (pk === 'X') return [`dead letter: ${String(reason)}`]
  if (ipk.startsWith('DUE#') && isk < now) return [`${sk} is overdue since ${isk}`]
  if (ipk.startsWith('PARKED#') || sk.startsWith('ANSWER#')) return [`${sk} is left`]
  if (sk.startsWith('E#') && state !== 'ended') return [what]
  if (sk.startsWith('D#') && state === 'claimed') return [what]
  return pk.startsWith('C#') && sk.startsWith('V#') && state !== 'closed' ? [what] : []
}

function wrongWithProfile(profile: Profile, rows: readonly Item[]): readonly string[] {
  const { id, runs, conversations, segments, traits, mergedInto } = profile
  const own = (prefix: string) =>
    rows.filter(({ pk, sk }) => pk === `C#${id}` && sk.startsWith(prefix)).map(({ sk }) => sk.slice(prefix.length))
  const names = Object.keys(segments).toSorted().join()
  const dates = Object.keys(traits).filter((name) => name === 'birthday' || name === 'pointsExpireOn')
  const wrong = [
    ...Object.values(runs).map(({ journey }) => `a run of ${journey} is open`),
    ...Object.keys(conversations).map((name) => `${name} is open`),
  ]
  if (own('G#').toSorted().join() !== names) wrong.push(`rows of ${own('G#')}, but in ${names}`)
  if (own('Y#').length !== dates.length) wrong.push(`date rows of ${own('Y#')}`)
  if (mergedInto === undefined && Object.hasOwn(segments, 'pros') !== (traits.plan?.[0] === 'pro'))
    wrong.push(`plan ${String(traits.plan?.[0])}, but in ${names}`)
  return Object.hasOwn(segments, 'active') ? [...wrong, 'still active'] : wrong
}

/** Marketing twice, or more of it than her caps allow; of customers who were merged the caps were two before. */
function wrongWithMessages(rows: readonly Item[], taken: readonly Taken[]): readonly string[] {
  const offers = new Set(
    rows.filter(({ sk, purpose }) => sk.startsWith('D#') && purpose === 'offers').map(({ sk }) => sk.slice(2)),
  )
  const sent = taken.filter(({ outgoing }) => offers.has(outgoing.dispatch))
  const ids = sent.map(({ outgoing }) => outgoing.dispatch)
  const merged = new Set(
    rows
      .filter(({ sk }) => sk === 'PROFILE')
      .map(decode)
      .flatMap(({ id, aliases }) => (aliases.length > 0 ? [id, ...aliases] : [])),
  )
  const tooMany = sent.filter(
    ({ outgoing: { customer }, at }) =>
      !merged.has(customer) &&
      sent.filter((one) => one.outgoing.customer === customer && one.at >= at && one.at < at + DAY).length > 3,
  )
  return [
    ...ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `${id} went out twice`),
    ...(tooMany.length > 0 ? ['more than three offers a day'] : []),
  ]
}
