/**
 * Answers the same question once: all tables of a report, and pages that are made anew, go over the same time. What is answered is never changed.
 * @param most so many answers are kept, those that were asked last
 */
export function keptFew<Asked, Answer>(
  nameOf: (asked: Asked) => string,
  answer: (asked: Asked) => Answer,
  most = 8,
): (asked: Asked) => Answer {
  const known = new Map<string, Answer>()
  return (asked) => {
    const name = nameOf(asked)
    const kept = known.get(name) ?? answer(asked)
    known.delete(name)
    known.set(name, kept)
    for (const oldest of known.keys()) {
      if (known.size <= most) break
      known.delete(oldest)
    }
    return kept
  }
}
