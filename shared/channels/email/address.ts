import { domainToASCII } from 'node:url'

const LONGEST_ENCODED_WORD = 75

const ASCII = /^[\x20-\x7e]*$/

/** With its domain as mail servers write it; undefined when the part before it is not plain ASCII, which few take. */
export function asciiAddress(address: string): string | undefined {
  if (ASCII.test(address)) return address
  const end = address.lastIndexOf('@')
  const [local, domain] = [address.slice(0, end), domainToASCII(address.slice(end + 1))]
  return ASCII.test(local) && domain !== '' ? `${local}@${domain}` : undefined
}

/** What stands behind the `@`. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}

/** `"Kaffi" <hello@kaffi.example>`, the name in RFC 2047's encoding where it is not plain ASCII. */
export function formatAddress({ name, address }: { readonly name: string; readonly address: string }): string {
  return `${ASCII.test(name) ? quote(name) : encode(name)} <${asciiAddress(address) ?? address}>`
}

function quote(name: string): string {
  return `"${name.replace(/(["\\])/g, '\\$1')}"`
}

/** Whole characters only in each encoded word, and no word longer than the RFC allows. */
function encode(name: string): string {
  const words: string[] = []
  let part = ''
  for (const character of name) {
    if (encodedWord(part + character).length > LONGEST_ENCODED_WORD) {
      words.push(encodedWord(part))
      part = ''
    }
    part += character
  }
  return [...words, encodedWord(part)].join(' ')
}

function encodedWord(text: string): string {
  return `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`
}
