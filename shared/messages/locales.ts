/**
 * The locale among `available` to use for somebody who reads `wanted`: itself, its language, another of its language,
 * then the brand's order. Undefined only when there is none at all.
 */
export function chooseLocale(
  wanted: string | undefined,
  available: readonly string[],
  brandsOrder: readonly string[],
): string | undefined {
  const [language] = (wanted ?? '').split('-')
  return (
    available.find((locale) => locale === wanted) ??
    available.find((locale) => locale === language) ??
    available.find((locale) => locale.split('-')[0] === language) ??
    brandsOrder.find((locale) => available.includes(locale)) ??
    available[0]
  )
}
