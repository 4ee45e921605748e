import type { Definition } from '#shared/world/machines.ts'

/**
 * What asl-validator finds wrong with a definition, one line each; empty when it is sound.
 * Takes some 100 ms: for publishing, not for running. It is stricter than AWS in two ways: it takes a key named `Next`,
 * `Default` or `StartAt` anywhere, even inside a payload, for a transition, and it wants no plain text as `Output`.
 */
export async function validateDefinition(definition: Definition): Promise<readonly string[]> {
  const { default: validate } = await import('asl-validator')
  // A copy, because the validator writes QueryLanguage into each state.
  return validate(structuredClone(definition)).errors.map((error) => `${error['Error code']}: ${error.Message}`)
}
