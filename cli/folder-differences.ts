import { styleText } from 'node:util'
import type { Files } from '#shared/journeys/folder/brand-folder.ts'
import { type Journey, readJourney } from '#shared/journeys/journey.ts'
import { describeDifference } from '#shared/journeys/versions/describe-difference.ts'
import { hanging } from './wrap-text.ts'

/** One file that a folder has otherwise than the system that is live. */
export interface FileDifference {
  readonly file: string
  /** `live only`: it is not in the folder, and publishing leaves it as it is. */
  readonly what: 'new' | 'changed' | 'live only'
  /** What a journey does otherwise. */
  readonly words?: readonly string[]
}

/** In the order of their paths. */
export function folderDifferences(live: Files, files: Files): readonly FileDifference[] {
  const paths = [...new Set([...Object.keys(live), ...Object.keys(files)])].sort()
  return paths.flatMap((file): readonly FileDifference[] => {
    const [was, is] = [live[file], files[file]]
    if (was === is) return []
    if (was === undefined) return [{ file, what: 'new' }]
    if (is === undefined) return [{ file, what: 'live only' }]
    return [{ file, what: 'changed', ...wordsOf(journeyIn(file, was), journeyIn(file, is)) }]
  })
}

function journeyIn(file: string, text: string): Journey | undefined {
  const reading = file.startsWith('journeys/') ? readJourney(file, text) : undefined
  return reading?.ok === true ? reading.document : undefined
}

function wordsOf(was: Journey | undefined, is: Journey | undefined): Pick<FileDifference, 'words'> {
  if (was === undefined || is === undefined) return {}
  return {
    words: describeDifference(was, is).map(({ step, text }) => (step === undefined ? text : `${step}: ${text}`)),
  }
}

const MARKS: Readonly<Record<FileDifference['what'], string>> = {
  new: styleText('green', '+'),
  changed: styleText('yellow', '~'),
  'live only': styleText('dim', '·'),
}

export function differencesText(differences: readonly FileDifference[], width: number): string {
  if (differences.length === 0) return 'What is live is as this folder has it.'
  return differences
    .flatMap(({ file, what, words = [] }) => [
      `${MARKS[what]} ${file}${what === 'live only' ? styleText('dim', '  not in this folder, stays live') : ''}`,
      ...words.flatMap((text) => hanging('    ', text, width)),
    ])
    .join('\n')
}
