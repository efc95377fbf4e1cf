import type { Tx } from '../../platform/tenancy.ts'

/** The other forms of a word, as far as messages were asked about. */
export type Stems = (word: string) => readonly string[]

/** Most words of a mail came in an earlier one, and the database takes longer to stem them than to store them. */
const known = new Map<string, readonly string[]>()
const MOST = 10_000

/** The stems of words in the languages of the search: those that this process knows, and the others in one statement. */
export async function stemsOf(tx: Tx, words: readonly string[]): Promise<Stems> {
  const asked = new Map(words.map((word) => [word, known.get(word)]))
  const unknown = [...asked].flatMap(([word, stems]) => (stems ? [] : [word]))
  for (const { word, stems } of await read(tx, unknown)) {
    asked.set(word, stems)
    if (known.size >= MOST) known.clear()
    known.set(word, stems)
  }
  return (word) => asked.get(word) ?? []
}

const read = async (tx: Tx, words: readonly string[]): Promise<{ word: string; stems: string[] }[]> =>
  words.length === 0
    ? []
    : tx.$queryRaw`
        select w as word, array(select distinct s from unnest(ts_lexize('app.english_stem', w) || ts_lexize('app.german_stem', w)) s where s <> '') as stems
        from unnest(${[...words]}::text[]) as w`
