import type { Brand } from '../brand/brand.ts'
import type { Purpose } from '../brand/purposes.ts'
import { nearest } from '../documents/nearest.ts'
import { livePublished } from '../documents/published.ts'
import { InvalidInput, Misconfigured } from '../errors/errors.ts'
import type { CompiledMessage } from '../messages/message-document.ts'
import { isChannelStopped } from '../profiles/consent.ts'
import { type Profile, traitOf } from '../profiles/profile.ts'
import { suppressionOf } from '../profiles/suppression.ts'
import type { Outgoing } from '../world/provider.ts'
import type { Json } from '../world/table.ts'
import type { World } from '../world/world.ts'
import { liveBrand } from './brand-documents.ts'
import { composeDispatch } from './compose-dispatch.ts'
import type { DispatchWorld } from './dispatch-request.ts'
import { reachOf } from './reach.ts'
import { valuesOf } from './values.ts'

/** The trait of customers who are ours: test messages go to them alone. */
export const TEST_CUSTOMER = 'testCustomer'

/** What the timeline of a test customer says of a test. */
export const TESTED = 'message.tested'

interface TestRequest {
  readonly message: string
  readonly profile: Profile
  /** The first of the purpose's that reaches her, unless told otherwise. */
  readonly channel?: string | undefined
  /** What the message may use as `entry`. */
  readonly entry?: Readonly<Record<string, Json>> | undefined
}

export interface TestResult {
  readonly channel: string
  readonly locale: string
  /** Variables that were empty. */
  readonly warnings: readonly string[]
}

type TestWorld = DispatchWorld & Pick<World, 'bus' | 'ids'>

/**
 * Really sends a message to a test customer, marked as a test. It asks for no consent, counts against no cap and in no
 * statistics; but what stops an address stops it too.
 * @throws InvalidInput when she is no test customer, or cannot be reached.
 */
export async function testMessage(world: TestWorld, request: TestRequest): Promise<TestResult> {
  const { profile, entry = {} } = request
  if (traitOf(profile, TEST_CUSTOMER) !== true)
    throw new InvalidInput(
      'test.no-test-customer',
      'Tests go to test customers only; mark her with "throughline customers mark-test", if she is one of yours.',
    )
  const brand = await liveBrand(world)
  const message = await liveMessage(world, request.message)
  const [name, purpose] = purposeOf(message, brand)
  const { channel, address } = await placeOf(world, request, message, purpose)
  const dispatch = { id: `test-${world.ids.next()}`, customer: profile.id, journey: 'test', step: 'test' }
  const values = valuesOf(profile, { entry, saved: {} })
  const material = { dispatch: { ...dispatch, message: message.message, purpose: name }, profile, brand, purpose }
  const composed = await composeDispatch(world, { ...material, message, channel, address, values })
  await deliver(world, asTest(composed.outgoing))
  await note(world, profile, message, channel)
  return { channel, locale: composed.locale, warnings: composed.warnings }
}

async function liveMessage(world: Pick<World, 'table' | 'clock'>, name: string): Promise<CompiledMessage> {
  const live = await livePublished<CompiledMessage>(world, 'message')
  const message = live.get(name)?.content
  if (message !== undefined) return message
  const meant = nearest(name, live.keys())
  throw new InvalidInput(
    'test.no-message',
    `No message "${name}" is published.${meant === undefined ? '' : ` Did you mean ${meant}?`}`,
  )
}

/** One without a purpose is held to the rules of marketing. */
function purposeOf({ purpose }: CompiledMessage, { purposes }: Brand): readonly [name: string, purpose: Purpose] {
  const found = Object.entries(purposes).find(
    ([name, { needsConsent }]) => name === purpose || (purpose === undefined && needsConsent),
  )
  if (found !== undefined) return found
  throw new Misconfigured('purpose.missing', `brand.yaml has no purpose ${purpose} any more; put it back.`)
}

interface Place {
  readonly channel: string
  readonly address: string
}

async function placeOf(
  world: TestWorld,
  { profile, channel: wanted }: TestRequest,
  { message, channels: forms }: CompiledMessage,
  purpose: Purpose,
): Promise<Place> {
  const reach = await reachOf(world, profile)
  const why: string[] = []
  for (const channel of wanted === undefined ? purpose.channels : [wanted]) {
    const address = reach.addressOn(channel)
    if (world.providers[channel] === undefined) why.push(`there is no provider for ${channel}`)
    else if (forms[channel] === undefined) why.push(`${message} has no form for ${channel}`)
    else if (address === undefined) why.push(`we have no address of hers on ${channel}`)
    else if (isClosed(profile, channel, address)) why.push(`${channel} is closed for her`)
    else return { channel, address }
  }
  throw new InvalidInput('test.no-channel', `The test cannot go out: ${why.join(', ')}.`)
}

function isClosed(profile: Profile, channel: string, address: string): boolean {
  return isChannelStopped(profile.consent, channel) || suppressionOf(profile, channel, address) !== undefined
}

/** What she sees first says so. */
function asTest(outgoing: Outgoing): Outgoing {
  const { content } = outgoing
  const first = ['subject', 'title', 'text'].find((name) => typeof content[name] === 'string')
  return first === undefined ? outgoing : { ...outgoing, content: { ...content, [first]: `[Test] ${content[first]}` } }
}

async function deliver({ providers }: TestWorld, outgoing: Outgoing): Promise<void> {
  const delivery = await providers[outgoing.channel]?.deliver(outgoing)
  if (delivery?.outcome === 'refused')
    throw new InvalidInput('test.refused', `The provider will not take it: ${delivery.reason}.`)
}

/** Her timeline has it, and nothing that counts messages. */
async function note(
  { bus }: TestWorld,
  profile: Profile,
  { message }: CompiledMessage,
  channel: string,
): Promise<void> {
  const detail = {
    type: TESTED,
    channel,
    direction: 'out',
    identifiers: { customerId: profile.id },
    properties: { message },
  }
  await bus.publish([{ source: 'throughline', detailType: TESTED, detail }])
}
