import type { Desk } from '../../support/desk.ts'
import { type Found, isRight } from './comparing.ts'
import { LIBRARIES, startLibraries } from './libraries.ts'
import { COLUMNS, type Column, type Sample } from './sets.ts'
import { throughIntake, throughTrimmer } from './through-intake.ts'

export type Score = { right: number; of: number }
/** One line of the table: how often one reader was right, column by column. */
export type Line = {
  set: string
  half: Sample['half']
  reader: string
  files: number
  /** Mails without an outcome, or that made the reader throw. */
  lost: number
  quarantined: number
  scores: Partial<Record<Column, Score>>
}

export type Wrong = { sample: Sample; column: Column; found: Found }

const OURS = 'sidedesk'

/** Reads every sample by the desk and by each library, and counts. */
export async function checkSamples(desk: Desk, samples: readonly Sample[]): Promise<{ lines: Line[]; wrong: Wrong[] }> {
  const lines = new Map<string, Line>()
  const wrong: Wrong[] = []
  const count = (sample: Sample, reader: string, found: Found, { lost = false, quarantined = false } = {}) => {
    const line = lineOf(lines, sample, reader)
    line.files++
    if (lost) line.lost++
    if (quarantined) line.quarantined++
    for (const column of COLUMNS) {
      const right = isRight(column, sample.expected, found)
      if (right === null) continue
      line.scores[column] ??= { right: 0, of: 0 }
      const score = line.scores[column]
      score.of++
      if (right) score.right++
      else if (reader === OURS) wrong.push({ sample, column, found })
    }
  }
  const mails = samples.filter(({ kind }) => kind === 'mail')
  for (const [sample, ended] of await throughIntake(desk, mails)) count(sample, OURS, ended.found, ended)
  for (const sample of samples) if (sample.kind !== 'mail') count(sample, OURS, throughTrimmer(sample))
  const libraries = startLibraries()
  try {
    for (const sample of samples)
      for (const library of LIBRARIES) {
        const tried = await libraries.try(library, sample)
        const nothing = Object.fromEntries(Object.keys(sample.expected).map((column) => [column, '']))
        const gaveUp = 'threw' in tried
        count(sample, library, gaveUp ? (nothing as Found) : tried.found, { lost: gaveUp })
      }
  } finally {
    await libraries.close()
  }
  return { lines: [...lines.values()], wrong }
}

function lineOf(lines: Map<string, Line>, { set, half }: Sample, reader: string): Line {
  const key = JSON.stringify([set, half, reader])
  const line = lines.get(key) ?? { set, half, reader, files: 0, lost: 0, quarantined: 0, scores: {} }
  lines.set(key, line)
  return line
}

/** All sets of one half together. */
export function totals(lines: readonly Line[]): Line[] {
  const all = new Map<string, Line>()
  for (const line of lines) {
    const key = JSON.stringify([line.half, line.reader])
    const sum = all.get(key) ?? {
      set: 'all sets',
      half: line.half,
      reader: line.reader,
      files: 0,
      lost: 0,
      quarantined: 0,
      scores: {},
    }
    all.set(key, sum)
    sum.files += line.files
    sum.lost += line.lost
    sum.quarantined += line.quarantined
    for (const [column, { right, of }] of Object.entries(line.scores) as [Column, Score][]) {
      sum.scores[column] ??= { right: 0, of: 0 }
      const score = sum.scores[column]
      score.right += right
      score.of += of
    }
  }
  return [...all.values()]
}
