import { styleText } from 'node:util'
import { onItsLines, onOneLine } from './display-width.ts'
import { wrapText } from './wrap-text.ts'

/** Room for the day and the hour, so that what happens stands in one column. */
const MARGIN = 19
const LONGEST_QUOTE = 8
const INDENT = ' '.repeat(MARGIN)

/** Lines of a timeline: days and hours on the left, in one zone, and beside them what happens. */
export class TimelinePage {
  readonly lines: string[] = []
  readonly #room: number
  readonly #format: Intl.DateTimeFormat
  #day = ''

  constructor(zone: string, width: number) {
    this.#room = width - MARGIN
    this.#format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    })
  }

  /** `Sat 21 Nov 16:38`. */
  moment(iso: string): string {
    return this.#format.format(new Date(iso)).replaceAll(',', '')
  }

  /** What happens at an instant; the day is said where it is another one than before. */
  heading(iso: string, text: string, style: Parameters<typeof styleText>[0] = 'bold'): void {
    const moment = this.moment(iso)
    const [day, hour] = [moment.slice(0, -6), moment.slice(-5)]
    const time = `${(day === this.#day ? '' : day).padEnd(12)}${hour}`.padEnd(MARGIN)
    this.#day = day
    for (const [index, line] of wrapText(onOneLine(text), this.#room).entries())
      this.lines.push(`${index === 0 ? styleText('dim', time) : INDENT}${styleText(style, line)}`)
  }

  /** More about it; `mark` stands before the first line only. */
  line(text: string, { mark = '', style = [] }: { mark?: string; style?: Parameters<typeof styleText>[0] } = {}): void {
    for (const [index, line] of wrapText(onOneLine(text), this.#room - mark.length).entries())
      this.lines.push(`${INDENT}${index === 0 ? mark : ' '.repeat(mark.length)}${styleText(style, line)}`)
  }

  /** Lines that are written already. */
  add(lines: readonly string[]): void {
    for (const line of lines) this.lines.push(INDENT + line)
  }

  /** What she would read, behind a bar; of a long text its beginning. */
  quote(text: string): void {
    const lines = onItsLines(text)
      .split('\n')
      .filter((line) => line.trim() !== '')
      .flatMap((line) => wrapText(line, this.#room - 2))
    const shown = lines.length > LONGEST_QUOTE ? [...lines.slice(0, LONGEST_QUOTE - 1), '…'] : lines
    for (const line of shown) this.lines.push(`${INDENT}${styleText('dim', '│')} ${line}`)
  }
}
