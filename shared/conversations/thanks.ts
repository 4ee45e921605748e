/** How people end a conversation, in the languages of our customers. */
const WORDS = [
  ...[
    'thanks',
    'thank you',
    'thanks a lot',
    'many thanks',
    'thank you so much',
    'thank you very much',
    'thanks so much',
  ],
  ...['ok thanks', 'okay thanks', 'great thanks', 'perfect thanks', 'cheers', 'thx', 'ty', 'ok thank you'],
  ...['tack', 'tack så mycket', 'stort tack', 'ok tack', 'tackar'], // Swedish
  ...['tak', 'mange tak', 'tusind tak', 'ok tak'], // Danish
  ...['takk', 'tusen takk', 'mange takk', 'ok takk'], // Norwegian
  ...['kiitos', 'kiitti', 'kiitos paljon'], // Finnish
  ...['bedankt', 'dank je', 'dank je wel', 'dankjewel', 'dank u', 'ok bedankt'], // Dutch
  ...['danke', 'vielen dank', 'danke schön', 'dankeschön', 'ok danke'], // German
  ...['merci', 'merci beaucoup', 'ok merci'], // French
  ...['gracias', 'muchas gracias', 'ok gracias'], // Spanish
  ...['obrigado', 'obrigada', 'muito obrigado', 'muito obrigada'], // Portuguese
  ...['grazie', 'grazie mille', 'ok grazie'], // Italian
  ...['dziękuję', 'dzięki', 'dziękuję bardzo'], // Polish
]

const THANKS = new Set(WORDS)

/** True when thanks are all that she wrote: nobody has to answer that. A sentence that goes on is for a person to read. */
export function isThanks(text: string): boolean {
  return THANKS.has(
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  )
}
