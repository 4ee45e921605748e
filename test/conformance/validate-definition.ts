import languageService, { type LanguageService } from 'amazon-states-language-service'
import type { Definition } from '#shared/world/machines.ts'

/**
 * What two validators, neither of which is ours, find wrong with a definition, one line each; empty when it is sound.
 * asl-validator is the community's and parses the expressions; amazon-states-language-service is what AWS's own editors
 * underline mistakes with. Together some 100 ms a definition: for tests, not for publishing.
 */
export async function validateDefinition(definition: Definition): Promise<readonly string[]> {
  return [...(await byAslValidator(definition)), ...(await byLanguageService(definition))]
}

/**
 * Stricter than AWS in two ways: it takes a key named `Next`, `Default` or `StartAt` anywhere, even inside a payload, for
 * a transition, and it wants no plain text as `Output`.
 */
export async function byAslValidator(definition: Definition): Promise<readonly string[]> {
  const { default: validate } = await import('asl-validator')
  // A copy, because the validator writes QueryLanguage into each state.
  return validate(structuredClone(definition)).errors.map((error) => `${error['Error code']}: ${error.Message}`)
}

/** It judges the structure and leaves the expressions alone; what it only warns of counts as wrong here. */
export async function byLanguageService(definition: Definition): Promise<readonly string[]> {
  service ??= languageService.getLanguageService({})
  const document = languageService.TextDocument.create('file:///machine.asl.json', 'asl', 1, JSON.stringify(definition))
  const found = await service.doValidation(document, service.parseJSONDocument(document))
  return found.map(({ message, range }) => `${message} (at ${document.getText(range)})`)
}

let service: LanguageService | undefined
