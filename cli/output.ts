import { Option } from 'commander'

/** The columns of the terminal; what is piped elsewhere is not cut. */
export function outputWidth(): number {
  return process.stdout.isTTY ? process.stdout.columns : Number.POSITIVE_INFINITY
}

export function jsonOption(): Option {
  return new Option('--json', 'print the API’s JSON')
}

/** Prints an answer of the API as it came, or what people read of it. */
export function show<T>(answer: T, { json }: { readonly json?: boolean }, render: (answer: T) => string): void {
  console.log(json === true ? JSON.stringify(answer, null, 2) : render(answer))
}

export function exampleOf(...commands: readonly string[]): string {
  const lines = commands.map((command) => `  $ throughline ${command}`)
  return `\nExample${lines.length > 1 ? 's' : ''}:\n${lines.join('\n')}`
}
