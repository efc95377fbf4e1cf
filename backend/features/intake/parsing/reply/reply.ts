import {
  attributionLines,
  isClosing,
  isDeviceLine,
  isForwarding,
  isOutlookMobile,
  isQuoted,
  isQuotedHeader,
  isSeparatingWords,
  isSignatureMark,
  SEPARATOR,
} from './marks.ts'

/** Quoting is looked for in so many characters; what follows is the quoted past anyway. */
const LOOKED_AT = 64_000

/**
 * What is new in a mail, without what it quotes and without its signature; the whole text when nothing would be left, since an answer
 * may stand anywhere. Answers between and below quoted lines are kept. For the view only: the text itself stays whole.
 */
export function replyIn(text: string): string {
  const lines = text.slice(0, LOOKED_AT).split('\n')
  const fresh = tidy(freshLines(lines))
  if (fresh === '') return text
  return fresh === text.trim() ? text : fresh
}

/** The same for what only reads the new words: nothing when all is quoted. */
export const freshText = (text: string): string => freshLines(text.slice(0, LOOKED_AT).split('\n')).join('\n')

const tidy = (lines: readonly string[]): string =>
  lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

function freshLines(lines: readonly string[]): string[] {
  const kept: string[] = []
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? ''
    if (isQuoted(line)) {
      at = endOfQuote(lines, at)
      continue
    }
    const above = attributionLines(lines, at)
    if (above > 0) {
      const next = nextWithWords(lines, at + above)
      if (!isQuoted(lines[next] ?? '')) return kept
      at = next
      continue
    }
    if (isForwarding(line)) return [...kept, ...lines.slice(at)]
    if (isSeparatingWords(line) || isQuotedHeader(lines, at)) return withoutSeparator(kept)
    if (isOutlookMobile(line)) return kept
    if (isSignatureMark(line) || (isClosing(line) && endsShortly(lines, at))) {
      at = endOfSignature(lines, at)
      continue
    }
    if (!isDeviceLine(line)) kept.push(line)
    at++
  }
  return kept
}

/** Below a closing a name and a title may stand; whoever writes more goes on. */
function endsShortly(lines: readonly string[], at: number): boolean {
  let short = 0
  for (let below = at + 1; below < lines.length && !beginsQuote(lines, below); below++) {
    const line = (lines[below] ?? '').trim()
    if (line !== '' && (++short > 6 || line.length > 70)) return false
  }
  return at > 0
}

const beginsQuote = (lines: readonly string[], at: number): boolean =>
  isQuoted(lines[at] ?? '') || attributionLines(lines, at) > 0 || isQuotedHeader(lines, at)

/** Clients wrap long quoted lines, and the rest of such a line has no mark: it stands between two that have one. */
function endOfQuote(lines: readonly string[], begin: number): number {
  let at = begin
  while (at < lines.length) {
    if (isQuoted(lines[at] ?? '')) at++
    else if (
      (lines[at] ?? '').trim() !== '' &&
      isQuoted(lines[at + 1] ?? '') &&
      (lines[at] ?? '').length < 80 &&
      isLong(lines[at - 1])
    )
      at++
    else return at
  }
  return at
}

const isLong = (line = ''): boolean => line.length >= 60

function nextWithWords(lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length; at++) if ((lines[at] ?? '').trim() !== '') return at
  return lines.length
}

/** A signature ends where quoting begins; below it somebody may have answered. */
function endOfSignature(lines: readonly string[], begin: number): number {
  for (let at = begin + 1; at < lines.length; at++) if (beginsQuote(lines, at)) return at
  return lines.length
}

const withoutSeparator = (kept: string[]): string[] => {
  const last = kept.findLastIndex((line) => line.trim() !== '')
  return last >= 0 && SEPARATOR.test(kept[last] ?? '') ? kept.slice(0, last) : kept
}
