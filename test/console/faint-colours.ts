import type { Page } from 'playwright-core'

/** Custom properties of the pages' styles, as text stands on them. */
const TEXT_ON_GROUND = [
  ['--ink', '--paper'],
  ['--ink', '--card'],
  ['--ink', '--tint'],
  ['--quiet', '--paper'],
  ['--quiet', '--card'],
  ['--thread', '--paper'],
  ['--on-thread', '--thread'],
] as const

/** Pairs of text and ground whose contrast is below what WCAG 2.2 asks for text (AA, 4.5). */
export async function faintColours(page: Page): Promise<readonly (readonly [text: string, ground: string])[]> {
  const ratios = await Promise.all(
    TEXT_ON_GROUND.map(async (pair) => [pair, contrast(await page.evaluate(resolveColours, [...pair]))] as const),
  )
  return ratios.flatMap(([pair, ratio]) => (ratio < 4.5 ? [pair] : []))
}

/** Runs in the page. */
function resolveColours(names: readonly string[]): string[] {
  return names.map((name) => {
    const probe = document.body.appendChild(document.createElement('i'))
    probe.style.color = `var(${name})`
    const { color } = getComputedStyle(probe)
    probe.remove()
    return color
  })
}

/** WCAG 2.2, "contrast ratio", of two `rgb(…)`. */
function contrast(colours: readonly string[]): number {
  const [darker = 0, lighter = 0] = colours.map(luminance).sort((a, b) => a - b)
  return (lighter + 0.05) / (darker + 0.05)
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? []).map((part) => {
    const share = Number(part) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
