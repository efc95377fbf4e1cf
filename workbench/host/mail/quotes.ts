export interface Parted {
  /** What was written now. */
  own: string
  /** What was answered, as the mail quotes it; empty when there is none. */
  quoted: string
}

/** Where a mail begins to repeat an older one; what cannot be told apart stays in sight. */
export function partedText(text: string): Parted {
  const lines = text.replaceAll('\r', '').split('\n')
  const at = lines.findIndex((line, i) => startsQuote(lines, i, line))
  if (at < 0 || lines.slice(0, at).join('').trim() === '') return { own: text.trim(), quoted: '' }
  return { own: lines.slice(0, at).join('\n').trim(), quoted: lines.slice(at).join('\n').trim() }
}

function startsQuote(lines: string[], i: number, line: string): boolean {
  if (/^_{20,}$/.test(line.trim())) return true
  if (/^>?\s*On .{10,} wrote:$/.test(line.trim())) return onlyQuoteFollows(lines, i + 1)
  return line.startsWith('>') && onlyQuoteFollows(lines, i)
}

const onlyQuoteFollows = (lines: string[], from: number) =>
  lines.slice(from).every((line) => line.trim() === '' || line.startsWith('>'))
