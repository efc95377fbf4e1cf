const LOOKED_AT = 64_000
const EXCERPT = 400
/** So many characters make an excerpt, unless most of them are white space. */
const MOSTLY_ENOUGH = 1_000

/** The first lines of what is new in a mail, for lists and cards. */
export function excerptOf(reply: string): string {
  const first = oneLine(reply.slice(0, MOSTLY_ENOUGH))
  const shown = first.length > EXCERPT ? first : oneLine(reply.slice(0, LOOKED_AT))
  return shown.length <= EXCERPT ? shown : `${shown.slice(0, EXCERPT - 1).toWellFormed()}…`
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()
