/** From and to in milliseconds since 1970, `to` not included. */
export type Span = { from: number; to: number }

/** What of some spans lies in others; both lists are in order and without overlap, and so is what comes out. */
export function common(some: readonly Span[], others: readonly Span[]): Span[] {
  const found: Span[] = []
  for (let a = 0, b = 0; ; ) {
    const [one, other] = [some[a], others[b]]
    if (!one || !other) return found
    const span = { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) }
    if (span.to > span.from) found.push(span)
    if (one.to < other.to) a++
    else b++
  }
}

/** Milliseconds of spans that do not overlap. */
export const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0)
