/** Longer texts are known by their beginning. Characters. */
const LONGEST_TEXT = 200_000
/** A tsvector has room for a megabyte and for 16 thousand places; this keeps any text below it. */
const MOST_WORDS = 30_000
const LONGEST_WORD = 60

/** Letters that no accent was put on. */
const SPELT: Record<string, string> = { ø: 'o', æ: 'ae', œ: 'oe', ß: 'ss', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }
const SPELT_LETTER = /[øæœßłđðþı]/g

/** Only letters of these alphabets are the same with and without their marks. */
const ACCENTS = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu

/** Alphabets that put no blank between words. */
const UNSPACED = String.raw`\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}`
const TOKEN = new RegExp(
  String.raw`(?<run>(?:(?=[${UNSPACED}])[\p{L}\p{M}])+)|(?:(?![${UNSPACED}])[\p{L}\p{M}])+|\p{N}+`,
  'gu',
)

/** Most texts have nothing to fold but capitals, and words that only these letters and digits make. */
const BEYOND_ASCII = /[\u0080-\uffff]/
const ASCII_WORD = /[a-z]+|[0-9]+/g
const WITHOUT_BLANKS = new RegExp(`[${UNSPACED}]`, 'u')
const SPACED_WORD = /[\p{L}\p{M}]+|\p{N}+/gu

/** A text as it is compared: small letters without accents, of one form each. */
export const fold = (text: string): string => (isAscii(text) ? text.toLowerCase() : foldedLetters(text))

/** Whether a text has none but the plainest characters, so that there is nothing to fold in it but capitals. */
export const isAscii = (text: string): boolean => !BEYOND_ASCII.test(text)

/** Nothing that is folded reaches over the end of a line, and most lines of most texts are plain. */
const foldedLetters = (text: string): string =>
  text
    .split('\n')
    .map((line) => (isAscii(line) ? line.toLowerCase() : foldedLine(line)))
    .join('\n')

const foldedLine = (line: string): string =>
  line
    .toLowerCase()
    .replace(SPELT_LETTER, (letter) => SPELT[letter] ?? letter)
    .normalize('NFKD')
    .replace(ACCENTS, '$1')
    .normalize('NFC')

/**
 * The words of a text in their order: runs of letters and runs of digits, so that `FF-20418`, `FF 20418` and `ff20418` are the same two.
 * Where a script has no blanks, every two neighbouring characters are a word.
 */
export function wordsIn(text: string): string[] {
  const words = isAscii(text) ? cut(text.toLowerCase().match(ASCII_WORD)) : wordsOfFolded(foldedLetters(text))
  return words.length > MOST_WORDS ? words.slice(0, MOST_WORDS) : words
}

function wordsOfFolded(folded: string): string[] {
  if (isAscii(folded)) return cut(folded.match(ASCII_WORD))
  return WITHOUT_BLANKS.test(folded) ? allWords(folded) : cut(folded.match(SPACED_WORD))
}

/** The quick way, for texts of which every script has blanks. Few words are too long, and an array of its own has only a text with one. */
function cut(words: string[] | null): string[] {
  if (words === null) return []
  for (const word of words)
    if (word.length > LONGEST_WORD)
      return words.map((one) => (one.length > LONGEST_WORD ? one.slice(0, LONGEST_WORD) : one))
  return words
}

function allWords(folded: string): string[] {
  const words: string[] = []
  for (const { 0: token, groups } of folded.matchAll(TOKEN)) {
    if (words.length >= MOST_WORDS) break
    if (groups?.['run'] === undefined) words.push(token.slice(0, LONGEST_WORD))
    else words.push(...pairsIn([...token]))
  }
  return words
}

const pairsIn = (letters: readonly string[]): string[] =>
  letters.length === 1 ? [...letters] : letters.slice(0, -1).map((letter, n) => letter + letters[n + 1])

/** How people write letters that their keyboard has not. */
const WRITTEN: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' }
const WRITTEN_WORD = /[\p{L}\p{M}]*[äöüøå][\p{L}\p{M}]*/gu

/** A text with these letters written out: Müller is Mueller. */
export const respelt = (text: string): string =>
  isAscii(text)
    ? text
    : text
        .toLowerCase()
        .normalize('NFC')
        .replace(/[äöüøå]/g, (letter) => WRITTEN[letter] ?? letter)

/** Words of a text that are written in another way as well, in that way. */
export const otherSpellings = (text: string): string[] =>
  isAscii(text)
    ? []
    : (text.toLowerCase().normalize('NFC').match(WRITTEN_WORD) ?? []).flatMap((word) => wordsIn(respelt(word)))

/** The words of a text with blanks between them, as the database takes them (app.lexemes_of). */
export const searchable = (text: string): string => searchableWords(text).join(' ')

/** The same, word by word. */
export const searchableWords = (text: string): string[] => wordsIn(text.slice(0, LONGEST_TEXT))

/** The same for what has few words, such as a name: those with another spelling stand in that one, too, behind the others. */
export const searchableName = (text: string): string => searchableNameWords(text).join(' ')

/** The same, word by word. */
export const searchableNameWords = (text: string): string[] => {
  const words = searchableWords(text)
  return isAscii(text) ? words : [...words, ...otherSpellings(text.slice(0, LONGEST_TEXT))]
}

/** Shorter words have no other forms. */
const STEMMABLE = /^\p{L}{3,}$/u
const ASCII_STEMMABLE = /^[a-z]{3}[a-z]*$/i

/** What has other forms among searchable words, each once. @param words as `searchable` gives them */
export const stemmable = (words: string): string =>
  [...new Set(words.split(' '))].filter((word) => (isAscii(word) ? ASCII_STEMMABLE : STEMMABLE).test(word)).join(' ')
