/** Words in one part of a mail, and how much they weigh when they are found: 3 in the subject, 0 in the text. */
export type Part = { words: readonly string[]; weight: number }

/** A word's places, each with its weight in the two highest bits. */
type Places = Map<string, number[]>

/** What does not differ between two mails that say the same, but for who wrote it and to whom. */
export type Frame = { known: Places } & Entries

/** Words in the order in which the database keeps them, where the entry of each begins, and the entries. */
type Entries = { words: string[]; begins: number[]; bytes: Buffer }

const WEIGHT_SHIFT = 14

/** @returns where the words of all parts stand, counted through from one */
export function placesOf(parts: readonly Part[], before = 0): Places {
  const places: Places = new Map()
  let place = before
  for (const { words, weight } of parts)
    for (const word of words) {
      place++
      const known = places.get(word)
      const here = (weight << WEIGHT_SHIFT) | place
      if (known) known.push(here)
      else places.set(word, [here])
    }
  return places
}

/** @returns places of both, those of `first` before those of `then` */
export function inFront(first: Places, then: Places): Places {
  for (const [word, at] of then) first.set(word, [...(first.get(word) ?? []), ...at])
  return first
}

/** Other forms of words, and marks, stand nowhere. */
export function withForms(places: Places, forms: readonly string[]): Places {
  for (const form of forms) if (!places.has(form)) places.set(form, [])
  return places
}

export const frameOf = (known: Places): Frame => ({ known, ...entriesOf(known) })

/** @returns a tsvector as the database reads it in binary; null where a word stands in both, so that its places must be put together */
export function joined({ known, words, begins, bytes }: Frame, own: Places): Buffer | null {
  for (const word of own.keys()) if (known.has(word)) return null
  const mine = entriesOf(own)
  const all = Buffer.allocUnsafe(COUNT + bytes.length + mine.bytes.length)
  let end = all.writeUInt32BE(known.size + own.size)
  let passed = 0
  for (let n = 0; n < mine.words.length; n++) {
    const word = mine.words[n] as string
    const from = begins[passed] as number
    while (passed < words.length && (words[passed] as string) < word) passed++
    end = copied(all, end, bytes, from, begins[passed] as number)
    end = copied(all, end, mine.bytes, mine.begins[n] as number, mine.begins[n + 1] as number)
  }
  copied(all, end, bytes, begins[passed] as number, bytes.length)
  return all
}

/** A word or two are copied sooner than the runtime is asked to. @returns where it ends */
function copied(to: Buffer, at: number, bytes: Buffer, from: number, until: number): number {
  let end = at
  for (let n = from; n < until; n++) to[end++] = bytes[n] as number
  return end
}

/** A tsvector as the database reads it in binary. */
export function tsvectorOf(places: Places): Buffer {
  const { bytes } = entriesOf(places)
  const all = Buffer.allocUnsafe(COUNT + bytes.length)
  bytes.copy(all, all.writeUInt32BE(places.size))
  return all
}

/** How many words there are comes first. Bytes. */
const COUNT = 4

/** Each word ends with a zero; its places follow, after how many they are. The database would sort them, and keep the bytes as they came. */
function entriesOf(places: Places): Entries {
  const words = [...places.keys()].sort()
  let size = 0
  for (const [word, at] of places) size += 3 * word.length + 3 + 2 * at.length
  const bytes = Buffer.allocUnsafe(size)
  let end = 0
  const begins = words.map((word) => {
    const begin = end
    const at = places.get(word) ?? []
    end += bytes.write(word, end)
    bytes[end++] = 0
    end = bytes.writeUInt16BE(at.length, end)
    for (const place of at) end = bytes.writeUInt16BE(place, end)
    return begin
  })
  return { words, begins: [...begins, end], bytes: bytes.subarray(0, end) }
}
