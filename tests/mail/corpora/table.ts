import type { Line } from './checking.ts'
import { COLUMNS, type Column } from './sets.ts'

const HEADINGS: Record<Column, string> = {
  outcome: 'outcome',
  subject: 'subject',
  from: 'from',
  body: 'body',
  reply: 'reply text',
  attachments: 'attachments',
  bounce: 'bounce',
  autoReply: 'auto-reply',
  thread: 'thread',
}

const HALVES = { even: 'tuning', odd: 'figure' } as const

/** Lines under each other, in columns; a column that nothing was expected of says so. */
export function tableOf(lines: readonly Line[]): string {
  const head = [
    'set',
    'half',
    'reader',
    'files',
    'lost or threw',
    'quarantined',
    ...COLUMNS.map((column) => HEADINGS[column]),
  ]
  const rows = lines.map((line) => [
    line.set,
    HALVES[line.half],
    line.reader,
    String(line.files),
    String(line.lost),
    line.reader === 'sidedesk' ? String(line.quarantined) : '',
    ...COLUMNS.map((column) => cell(line, column, lines)),
  ])
  const widths = head.map((word, at) => Math.max(word.length, ...rows.map((row) => row[at]?.length ?? 0)))
  return [head, widths.map((width) => '-'.repeat(width)), ...rows]
    .map((row) =>
      row
        .map((word, at) => word.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** `unchecked`: no value was expected of any file here. `-`: the reader does not tell. */
function cell(line: Line, column: Column, lines: readonly Line[]): string {
  const score = line.scores[column]
  if (score) return `${score.right}/${score.of}`
  const isExpected = lines.some(({ set, half, scores }) => set === line.set && half === line.half && scores[column])
  return isExpected ? '-' : 'unchecked'
}
