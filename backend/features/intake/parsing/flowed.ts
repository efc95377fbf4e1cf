/** How lines were broken that may be put together again; `deletes`: the space of a break was put there for it alone. */
export type Flow = { deletes: boolean }

/**
 * Puts text together that a mail program broke into lines (RFC 3676). The library's way holds a part whole, several times over, before
 * anybody can say how much of it is read: short lines of 24 MB took 600 MB.
 */
export function unflowed(text: string, { deletes }: Flow): string {
  const paragraphs: string[] = []
  let goesOn = false
  let begun: string[] = []
  for (const line of text.split(/\r?\n/)) {
    if (!goesOn) {
      if (begun.length > 0) paragraphs.push(begun.join(''))
      begun = []
    }
    goesOn = line.endsWith(' ') && !(begun.length === 0 && line === SIGNATURE)
    begun.push(goesOn && deletes ? line.slice(0, -1) : line)
  }
  return [...paragraphs, begun.join('')].join('\n').replace(/^ /gm, '')
}

/** Ends by a space and is no broken line. */
const SIGNATURE = '-- '
