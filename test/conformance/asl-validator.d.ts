/** The part of asl-validator 4.0.0 that we use; the package brings no declarations. */
declare module 'asl-validator' {
  function validate(definition: unknown): {
    readonly errors: readonly { readonly 'Error code': string; readonly Message: string }[]
  }
  export = validate
}
