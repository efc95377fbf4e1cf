const LOOKED_AT = 64_000
const EXCERPT = 400

/** The first lines of what is new in a mail, for lists and cards. */
export function excerptOf(reply: string): string {
  const shown = reply.slice(0, LOOKED_AT).replace(/\s+/g, ' ').trim()
  return shown.length <= EXCERPT ? shown : `${shown.slice(0, EXCERPT - 1).toWellFormed()}…`
}
