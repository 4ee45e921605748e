import { closeSync, openSync, readSync, statSync } from 'node:fs'

const HEADER = 32
const FRAME_HEADER = 24

/**
 * The lengths of a write-ahead log at which a commit was complete, oldest first: cut there, the database is as it was
 * right after that commit (sqlite.org/fileformat2.html, "The Write-Ahead Log").
 */
export function commitsIn(log: string): readonly number[] {
  const size = lengthOf(log)
  if (size < HEADER) return []
  const file = openSync(log, 'r')
  try {
    const pageSize = numberAt(file, 8)
    const ends: number[] = []
    for (let at = HEADER; at + FRAME_HEADER + pageSize <= size; at += FRAME_HEADER + pageSize)
      if (numberAt(file, at + 4) > 0) ends.push(at + FRAME_HEADER + pageSize)
    return ends
  } finally {
    closeSync(file)
  }
}

export function lengthOf(log: string): number {
  return statSync(log, { throwIfNoEntry: false })?.size ?? 0
}

function numberAt(file: number, position: number): number {
  const bytes = Buffer.alloc(4)
  readSync(file, bytes, 0, 4, position)
  return bytes.readUInt32BE(0)
}
