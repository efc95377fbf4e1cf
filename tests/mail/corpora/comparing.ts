import type { Column, Expected } from './sets.ts'

/** What was found of a mail; a column that a reader does not know is left out. */
export type Found = Partial<Record<Exclude<Column, 'attachments' | 'bounce' | 'autoReply'>, string>> & {
  attachments?: string[]
  bounce?: string[] | null
  autoReply?: boolean
}

/** Whether one column is as expected; null when nothing is expected, or nothing was looked for. */
export function isRight(column: Column, expected: Expected, found: Found): boolean | null {
  const [wanted, got] = [expected[column], found[column]]
  if (wanted === undefined || got === undefined) return null
  if (column === 'reply' && typeof wanted === 'object' && !Array.isArray(wanted) && wanted !== null)
    return fits(wanted, got as string)
  if (Array.isArray(wanted)) return Array.isArray(got) && sorted(wanted) === sorted(got)
  if (typeof wanted === 'string') return bare(wanted) === bare(String(got))
  return wanted === got
}

type Parts = Exclude<Expected['reply'], string | undefined>

const fits = ({ starts = '', visible_contains = [], hidden_contains = [] }: Parts, reply: string): boolean =>
  bare(reply).startsWith(bare(starts)) &&
  visible_contains.every((words) => bare(reply).includes(bare(words))) &&
  !hidden_contains.some((words) => bare(reply).includes(bare(words)))

/** White space is folded anywhere on the way of a mail. */
const bare = (text: string): string => text.replace(/\s+/g, '')

const sorted = (all: readonly string[]): string =>
  [...new Set(all.map((one) => one.trim().toLowerCase()))].sort().join('\n')
