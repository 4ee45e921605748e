import { holdLiquid, releaseLiquid } from './held-liquid.ts'

const UNSEEN = /<!--[\s\S]*?-->|<(head|style|script|title)\b[\s\S]*?<\/\1>|<div style="display:none;[\s\S]*?<\/div>/gi

const LINK = /<a\b[^<>]*?\shref="([^"]*)"[^>]*>([\s\S]*?)<\/a>/gi

const BLOCK_END = /<\/(?:p|div|h[1-6]|tr|table|ul|ol|blockquote)>|<br\s*\/?>/gi

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
  euro: '€',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  middot: '·',
  bull: '•',
  zwnj: '',
  shy: '',
}

/** What a reader without html gets of an email: its words, its links in brackets; Liquid stays as it is. */
export function textPartOf(html: string): string {
  const held = holdLiquid(html)
  return releaseLiquid(layOut(decodeEntities(stripTags(held.text))), held)
}

function stripTags(html: string): string {
  return html
    .replace(UNSEEN, '')
    .replace(/\s+/g, ' ')
    .replace(LINK, (_, href: string, inner: string) => describeLink(href, inner))
    .replace(/<img\b[^>]*?\salt="([^"]*)"[^>]*>/gi, '$1')
    .replace(/<li\b[^>]*>/gi, '\n- ')
    .replace(/<\/t[dh]>/gi, ' ')
    .replace(BLOCK_END, '\n')
    .replace(/<[a-z/!][^>]*>/gi, '')
}

function describeLink(href: string, inner: string): string {
  const words = inner
    .replace(/<img\b[^>]*?\salt="([^"]*)"[^>]*>/gi, '$1')
    .replace(/<[^>]*>/g, '')
    .trim()
  return words === '' || words === href ? href : `${words} (${href})`
}

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|([a-z]+));/gi, (entity, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? entity
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity
  })
}

function layOut(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/[ \t]+/g, ' ').trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
