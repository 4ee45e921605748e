/** An event as its service documents it, and the touchpoint that it is. */
export interface Report {
  readonly name: string
  readonly event: object
  /** Absent when it says nothing new. */
  readonly says?: { readonly type: string; readonly properties: object; readonly occurredAt: string }
}
