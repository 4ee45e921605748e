/** Links that a reader can follow, the ones for old Outlook (`v:roundrect`) among them; not `<link href>`. */
const LINK = /(<(?:a|area|v:[a-z]+)\b[^<>]*?\shref\s*=\s*)(?:"([^"]*)"|'([^']*)')/gi

/** A link that a value from outside has turned into code. Browsers skip control characters and spaces before a scheme. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CODE = /^[\u0000-\u0020]*(?:j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|v\s*b\s*s\s*c\s*r\s*i\s*p\s*t|data)\s*:/i

/**
 * Gives every web link of rendered html the address that `makeUrl` makes of it; undefined leaves it as it is. Other
 * schemes (mailto, tel) and anchors stay; one that would run code leads nowhere.
 */
export function trackLinks(html: string, makeUrl: (url: string) => string | undefined): string {
  return html.replace(LINK, (whole, before: string, double: string | undefined, single: string | undefined) => {
    const url = decodeAttribute(double ?? single ?? '')
    if (CODE.test(url)) return `${before}"#"`
    if (!/^https?:\/\//i.test(url)) return whole
    const made = makeUrl(url)
    return made === undefined ? whole : `${before}"${encodeAttribute(made)}"`
  })
}

function decodeAttribute(value: string): string {
  if (!value.includes('&')) return value
  return value
    .replaceAll('&quot;', '"')
    .replaceAll('&#34;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}

function encodeAttribute(url: string): string {
  return url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
}
