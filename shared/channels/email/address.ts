const LONGEST_ENCODED_WORD = 75

/** `"Kaffi" <hello@kaffi.example>`, the name in RFC 2047's encoding where it is not plain ASCII. */
export function formatAddress({ name, address }: { readonly name: string; readonly address: string }): string {
  return `${/^[\x20-\x7e]*$/.test(name) ? quote(name) : encode(name)} <${address}>`
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
