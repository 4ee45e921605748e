/**
 * What operators are told of: every warning and error of `shared/` and `functions/` is one of these. On AWS each is
 * counted under these words, as often as its details' `count` says, and watched by an alarm or shown on the dashboard.
 */
export const NOTICES = [
  /** Something that no caller expects: tried again, as its trigger tries again. */
  'function failed',
  /** Of a batch of a queue, some: they alone are tried again. */
  'messages come again',
  'a request failed',
  'events went to the dead letters',
  'a due row could not be attended to',
  'nobody knows whether a message was taken',
  /** After all tries, where the journey does not say how to go on. */
  'a run failed',
] as const

export type Notice = (typeof NOTICES)[number]

export function isNotice(message: string): message is Notice {
  return (NOTICES as readonly string[]).includes(message)
}
