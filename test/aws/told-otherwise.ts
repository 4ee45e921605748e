/** Scenarios that are not told on AWS, by their titles, and why. */
export const TOLD_OTHERWISE: Readonly<Record<string, string>> = {
  'obeys STOP': 'AWS itself answers STOP',
}
