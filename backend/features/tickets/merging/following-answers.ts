/** A mail of a ticket, as far as it says what it answers. */
export type Answering = { id: string; mailKey: string | null; answersKey: string | null }

/** The mails that answer one of these, and those that answer them, however far: all without the roots themselves. */
export function answersTo(roots: ReadonlySet<string>, mails: readonly Answering[]): string[] {
  const answersOf = Map.groupBy(
    mails.filter(({ answersKey }) => answersKey !== null),
    ({ answersKey }) => answersKey,
  )
  const found = new Set<string>()
  const open = mails.filter(({ id }) => roots.has(id))
  for (let mail = open.pop(); mail; mail = open.pop())
    for (const answer of mail.mailKey === null ? [] : (answersOf.get(mail.mailKey) ?? []))
      if (!roots.has(answer.id) && !found.has(answer.id)) {
        found.add(answer.id)
        open.push(answer)
      }
  return [...found]
}
