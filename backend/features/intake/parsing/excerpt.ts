/** Quoting is looked for in this many characters; what follows is the quoted past anyway. */
const LOOKED_AT = 64_000
const EXCERPT = 400

/** Lines that begin what a mail quotes. Each is tested against one short line only. */
const QUOTE_BEGINS = [
  /^[-_\s]*(original message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|forwarded message)[-_\s]*$/i,
  /^_{20,}$/,
  /^(on|am|le|el|il|op|den|em|dnia)\s.{4,200}(wrote|schrieb|écrit|escribió|ha scritto|schreef|skrev|escreveu|napisał).{0,3}:$/i,
  /^#{2,} ?please type your reply above this line ?#{2,}$/i,
  /^-- ?$/,
]

/** What is new in a mail, line by line, without what it quotes and its signature. */
export const freshText = (text: string): string => newLines(text.slice(0, LOOKED_AT).split('\n')).join('\n')

/** The first lines of what is new in a mail; of the whole when everything seems quoted, since an answer may stand below its quote. */
export function excerptOf(text: string): string {
  const lines = text.slice(0, LOOKED_AT).split('\n')
  const fresh = squeeze(newLines(lines).join('\n'))
  const shown = fresh || squeeze(lines.join('\n'))
  return shown.length <= EXCERPT ? shown : `${shown.slice(0, EXCERPT - 1).toWellFormed()}…`
}

function newLines(lines: string[]): string[] {
  const begin = lines.findIndex((line, index) => isQuoteBegin(line, lines[index + 1]))
  return (begin < 0 ? lines : lines.slice(0, begin)).filter((line) => !line.trimStart().startsWith('>'))
}

/** Clients wrap the "On … wrote:" line when it is long. */
function isQuoteBegin(line: string, next = ''): boolean {
  const one = line.trim()
  if (one.length > 300) return false
  const two = `${one} ${next.trim()}`
  return QUOTE_BEGINS.some((pattern) => pattern.test(one)) || (two.length <= 300 && QUOTE_BEGINS[2]?.test(two) === true)
}

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim()
