import { LakeBroken } from '../lake/places/reading.ts'

/** What the engine says first when a part is missing, cut off or holds something else. It names the file, or cannot read its footer. */
const BROKEN = [
  /^(?:IO|Invalid Input) Error: [^\n]*\.parquet['"]/,
  /^Invalid Error: (?:TProtocolException|don't know what type|invalid TType|Variable-length int|Out of buffer)/,
  /^Invalid Input Error: Incorrect stats size/,
]

/** The file may be as it should be, and this process cannot have it. */
const OWN_TROUBLE = /^[^\n]*(?:too many open files|permission denied|cannot allocate memory)/i

/** Whether a file of the lake is missing or is not what it should be; what a statement or a setting got wrong says nothing about files. */
export const isBroken = (error: unknown): boolean =>
  error instanceof LakeBroken ||
  (error instanceof Error && BROKEN.some((words) => words.test(error.message)) && !OWN_TROUBLE.test(error.message))
