/** Whose story is told: the touchpoint by which she became known, as `people/<name>.json` in a brand folder has it. */
export interface Persona {
  readonly identifiers: {
    readonly userId: string
    readonly phone?: string
    readonly loyaltyCard?: string
  }
  readonly device?: {
    readonly id: string
    readonly platform?: 'ios' | 'android' | 'web'
    readonly pushToken?: string
  }
}
