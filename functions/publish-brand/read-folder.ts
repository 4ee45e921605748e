import { describeProblem, type Problem } from '#shared/documents/document.ts'
import type { Files, FolderReading } from '#shared/journeys/folder/brand-folder.ts'
import { problemResponse } from '../kit/problem.ts'

/** Reads and checks a brand's folder. */
export type ReadFolder = (files: Files) => Promise<FolderReading>

export function problemsResponse(problems: readonly Problem[]): Response {
  return problemResponse(422, 'brand.problems', problems.map(describeProblem).join('\n'), { problems })
}
