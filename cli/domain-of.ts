/** What stands behind the `@` of an email address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
