/** A tag or an output of Liquid. */
const LIQUID = /\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g

/** Plain letters, which neither MJML nor a rule about html takes for anything of theirs. */
const MARK = /xLIQUID(\d+)DIUQILx/g

/** A text in which every piece of Liquid is replaced by a word, so that what is done to the text cannot hurt it. */
export interface HeldLiquid {
  readonly text: string
  /** The pieces, by number, with where they stood. */
  readonly tags: readonly { readonly tag: string; readonly index: number }[]
}

export function holdLiquid(text: string): HeldLiquid {
  const tags: { tag: string; index: number }[] = []
  const held = text.replace(LIQUID, (tag, index: number) => `xLIQUID${tags.push({ tag, index }) - 1}DIUQILx`)
  return { text: held, tags }
}

/** Puts the pieces back. */
export function releaseLiquid(text: string, { tags }: HeldLiquid): string {
  return text.replace(MARK, (_, number: string) => tags[Number(number)]?.tag ?? '')
}

/** The pieces that are not in `text` any more. */
export function lostLiquid(text: string, { tags }: HeldLiquid): HeldLiquid['tags'] {
  const kept = new Set(Array.from(text.matchAll(MARK), ([, number]) => Number(number)))
  return tags.filter((_, number) => !kept.has(number))
}
