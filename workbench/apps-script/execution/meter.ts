/** Counts what one execution asks for, and ends it when Google would have needed longer than it may take. */
export function meter(limitMs: number, onOver: () => void) {
  const startedAt = performance.now()
  const calls: Record<string, number> = {}
  let chargedMs = 0
  return {
    /** Calls by name, as a script writes them. */
    calls,
    chargedMs: () => Math.round(chargedMs),
    /** @param ms what the call would have taken on Google beside what it takes here */
    count(name: string, ms = 0): void {
      calls[name] = (calls[name] ?? 0) + 1
      chargedMs += ms
      if (performance.now() - startedAt + chargedMs > limitMs) onOver()
    },
  }
}
