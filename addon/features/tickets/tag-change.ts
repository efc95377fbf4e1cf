/** What was added and removed between the tags a card showed and what was typed, so that another's tags stay. */
export function tagChange(shown: string, typed: string): { add: string[]; remove: string[] } {
  const before = JSON.parse(shown) as string[]
  const after = typed
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag, at, all) => tag !== '' && all.indexOf(tag) === at)
  return {
    add: after.filter((tag) => before.indexOf(tag) < 0),
    remove: before.filter((tag) => after.indexOf(tag) < 0),
  }
}

/** What was typed, carried over to the tags as they are now. */
export function retyped(shown: string, typed: string, now: readonly string[]): string {
  const { add, remove } = tagChange(shown, typed)
  return [...now.filter((tag) => remove.indexOf(tag) < 0), ...add.filter((tag) => now.indexOf(tag) < 0)].join(', ')
}
