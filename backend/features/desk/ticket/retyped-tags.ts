/** What was typed over the tags that a page had shown, carried over to the tags as they are now. */
export function retypedTags(shown: string, typed: string, now: readonly string[]): string {
  const [before, after] = [namesIn(shown), namesIn(typed)]
  const stays = now.filter((tag) => !before.includes(tag) || after.includes(tag))
  const comes = after.filter((tag) => !before.includes(tag) && !now.includes(tag))
  return [...stays, ...comes].join(', ')
}

const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  ),
]
