/*
 * What services ask for beyond their models: from their documentation, and what we ask of ourselves when we call them.
 * By operation; each answers what is wrong.
 */

// biome-ignore lint/suspicious/noExplicitAny: JSON that its model has found right before
type Input = any

type Rule = (input: Input) => readonly (string | false)[]

const RULES: Readonly<Record<string, Rule>> = {
  SendEmail: ({ FromEmailAddress: from, Destination, EmailTags: tags = [], Content, ...rest }) => [
    from === undefined && 'nobody sends it',
    // A name outside of ASCII comes as RFC 2047 writes it.
    !(isAscii(from) && /^("(\\.|[^"\\])*"|(=\?UTF-8\?B\?[\w+/=]+\?= ?)+) <[^\s@<>]+@[^\s@<>]+>$/.test(from)) &&
      'the sender is no mailbox in ASCII',
    // Links to unsubscribe, complaints and events of several recipients cannot be told apart.
    [Destination.ToAddresses, Destination.CcAddresses, Destination.BccAddresses].flat().filter(Boolean).length !== 1 &&
      'a message has one recipient',
    !isAscii(Destination.ToAddresses.join()) && 'SES does not write to addresses outside of ASCII (no SMTPUTF8)',
    ...tags.map(
      ({ Name, Value }: Input) =>
        !/^[\w-]{1,256} [\w-]{1,256}$/.test(`${Name} ${Value}`) &&
        `the tag ${Name} is of letters, digits, _ and -, at most 256`,
    ),
    new Set(tags.map(({ Name }: Input) => Name)).size < tags.length && 'a tag comes twice',
    tags.length > 50 && 'there are more than 50 tags',
    ...(Content.Simple?.Headers ?? []).map(
      ({ Name, Value }: Input) => Name.length + Value.length > 996 && `the header ${Name} is too long`,
    ),
    /[\r\n]/.test(Content.Simple?.Subject.Data) && 'the subject has several lines',
    rest.ListManagementOptions !== undefined && 'SES would put its own links to unsubscribe in place of ours',
  ],
  SendTextMessage: ({ DestinationPhoneNumber, OriginationIdentity }) => [
    !/^\+[1-9]\d{6,14}$/.test(DestinationPhoneNumber) && 'the number is not international (E.164)',
    OriginationIdentity === undefined && 'which number it comes from would be by chance',
  ],
  SendMessages: ({ MessageRequest: { Addresses = {}, Endpoints, TemplateConfiguration, MessageConfiguration } }) => [
    Object.keys(Addresses).length !== 1 && 'a message goes to one token',
    // Those that depended on the part of Pinpoint that has ended.
    (Endpoints ?? TemplateConfiguration) !== undefined && 'endpoints and templates are no more',
    ...Object.values(MessageConfiguration).map((one: Input) => !isJson(one.RawContent) && 'the content is no JSON'),
  ],
  PutEvents: ({ Entries }) => [
    ...Entries.map(
      ({ Source = '', DetailType = '' }: Input) =>
        (Source === '' || Source.startsWith('aws.') || DetailType === '' || DetailType.length > 128) &&
        'an event has a source that is not of AWS, and a type of 128 characters at most',
    ),
    ...Entries.map(({ Detail }: Input) => !isObject(Detail) && 'the detail is no JSON object'),
    bytesOf(Entries.map(({ Source, DetailType, Detail }: Input) => Source + DetailType + Detail).join('')) +
      14 * Entries.length >
      1024 * 1024 && 'there is more than 1 MB in one request',
  ],
  CreateStateMachine: (input) => [
    !isLogged(input.name) && 'the name cannot be logged',
    ...definitionRules(input),
    ...tagRules(input),
  ],
  UpdateStateMachine: definitionRules,
  StartExecution: ({ stateMachineArn, name, input }) => [
    !/:stateMachine:[\w-]{1,80}:\d+$/.test(stateMachineArn) && 'no version of a machine is started',
    (name === undefined || !isLogged(name)) && 'without a name of our own a repeated start would be a second one',
    !isPayload(input) && 'the input is no JSON of 256 KiB at most',
  ],
  SendTaskSuccess: ({ output }) => [!isPayload(output) && 'the output is no JSON of 256 KiB at most'],
}

/** What is wrong with a request that its model has nothing against. */
export function brokenRules(operation: string, input: unknown): readonly string[] {
  return (RULES[operation]?.(input) ?? []).filter((problem) => problem !== false)
}

function definitionRules({ definition, loggingConfiguration }: Input): readonly (string | false)[] {
  const { includeExecutionData, destinations = [] } = loggingConfiguration ?? {}
  return [
    !isObject(definition) && 'the definition is no JSON',
    bytesOf(definition) > 1024 * 1024 && 'it is above 1 MB',
    includeExecutionData === true && 'what runs carry would be logged',
    ...destinations.map(
      (one: Input) => !one.cloudWatchLogsLogGroup.logGroupArn.endsWith(':*') && 'the ARN of a log group ends in :*',
    ),
  ]
}

function tagRules({ tags = [] }: Input): readonly (string | false)[] {
  return tags.map(
    ({ key, value }: Input) => !/^[\p{L}\p{N}\s_.:/=+@-]+$/u.test(key + value) && `no tag may be ${key}=${value}`,
  )
}

/** Step Functions takes more; CloudWatch Logs does not. */
function isLogged(name: string): boolean {
  return /^[\w-]{1,80}$/.test(name)
}

function isPayload(text: string): boolean {
  return isJson(text) && bytesOf(text) <= 256 * 1024
}

function isObject(text: string): boolean {
  return isJson(text) && typeof JSON.parse(text) === 'object' && JSON.parse(text) !== null
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text)
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text)
}
