/** Somebody who signed in. */
export interface Person {
  /** What colleagues see of her where she did something. */
  readonly name: string
  /** What she was given by whoever runs the installation. */
  readonly roles: readonly string[]
}

/** Who people are, as an identity provider says. */
export interface SignIn {
  /**
   * Whose the token is; undefined for one that proves nothing, for whatever reason.
   * @throws Unavailable when the provider cannot be asked.
   */
  personOf(token: string): Promise<Person | undefined>
}
