/** Prints rows under their headings, columns aligned; a sentence instead when there are none. */
export function printTable(headings: readonly string[], rows: readonly (readonly string[])[], whenEmpty: string): void {
  if (rows.length === 0) console.log(whenEmpty)
  else printAligned([headings, ...rows])
}

function printAligned(rows: readonly (readonly string[])[]): void {
  const [headings = []] = rows
  const widths = headings.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

/** An instant for people, in UTC, to the minute. */
export const minute = (at: Date | null): string =>
  at ? `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'never'
