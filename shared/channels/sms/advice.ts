import type { Brand } from '../../brand/brand.ts'
import { mayMeanStop } from './keywords.ts'
import { countParts } from './parts.ts'

interface Advice {
  readonly message: string
  readonly fix: string
}

/** More parts than this are seldom worth what they cost. */
const MOST_PARTS = 3

/** How long a variable is reckoned to be that is known only when the message is sent. */
const VARIABLE = 'x'.repeat(20)

/** What makes an SMS costly, or unlawful where it is marketing. */
export function adviceOn(text: string, brand: Brand, isMarketing: boolean): readonly Advice[] {
  const written = filled(text, brand)
  const { encoding, parts } = countParts(written)
  const foreign = [...new Set(written)].filter((character) => countParts(character).encoding === 'UCS-2')
  const plain = countParts([...written].map((character) => (foreign.includes(character) ? 'x' : character)).join(''))
  return [
    ...(encoding === 'UCS-2' && parts > plain.parts ? [inSixteenBits(foreign, parts, plain.parts)] : []),
    ...(plain.parts > MOST_PARTS ? [tooLong(plain.parts)] : []),
    ...(isMarketing && !mayMeanStop(text) ? [NO_WAY_OUT] : []),
  ]
}

function inSixteenBits(foreign: readonly string[], parts: number, plain: number): Advice {
  const shown = foreign.slice(0, 3).map((character) => `"${character}"`)
  return {
    message: `It takes ${parts} parts instead of ${plain}, since ${shown.join(', ')} is not in the alphabet of SMS.`,
    fix: 'Write it with plain letters and straight quotes.',
  }
}

function tooLong(parts: number): Advice {
  return {
    message: `It takes ${parts} parts, each of which is paid for, when every variable has ${VARIABLE.length} letters.`,
    fix: `Shorten it to ${MOST_PARTS} parts.`,
  }
}

const NO_WAY_OUT: Advice = {
  message: 'An SMS that needs consent says how to have no more of them.',
  fix: 'End it with, say, "Reply STOP for no more".',
}

/** The longest that the text can be reckoned to become: all that Liquid may leave out is in it. */
function filled(text: string, { facts }: Brand): string {
  return text
    .replace(/\{%.*?%\}/gs, '')
    .replace(/\{\{-?\s*brand\.facts\.([\w.]+)[^}]*\}\}/g, (_, path: string) => factAt(facts, path) ?? VARIABLE)
    .replace(/\{\{.*?\}\}/gs, VARIABLE)
    .trim()
}

function factAt(facts: Brand['facts'], path: string): string | undefined {
  let here: string | Brand['facts'] | undefined = facts
  for (const name of path.split('.')) here = typeof here === 'object' ? here[name] : undefined
  return typeof here === 'string' ? here : undefined
}
