/** What was typed over the tags that a card had shown, carried over to the tags as they are now. */
export function retypedTags(shown: string, typed: string, now: readonly string[]): string {
  const [before, after] = [namesIn(shown), namesIn(typed)]
  const left = now.filter((tag) => before.indexOf(tag) < 0 || after.indexOf(tag) >= 0)
  return [...left, ...after.filter((tag) => before.indexOf(tag) < 0 && now.indexOf(tag) < 0)].join(', ')
}

const namesIn = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag, at, all) => tag !== '' && all.indexOf(tag) === at)
