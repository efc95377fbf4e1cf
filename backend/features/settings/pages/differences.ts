import { clockWords, isId, keyWords, numberWords, textWords } from './difference-words.ts'

/** What changed, and from what to what, in words. */
export type Difference = { what: string; was: string; is: string }

export const NOTHING = 'nothing'

/**
 * The parts of a setting that are not the same. Things of a list are told apart by their ids, not by their places.
 * @param before null where it was added
 * @param after null where it was taken away
 * @param names of people and other things, by their ids
 */
export const differences = (before: unknown, after: unknown, names: ReadonlyMap<string, string>): Difference[] =>
  partsThatDiffer(before, after, []).map(({ path, was, is }) => ({
    what: path.filter((word) => word !== '').join(', '),
    was: said(was, path, names),
    is: said(is, path, names),
  }))

type Part = { path: readonly string[]; was: unknown; is: unknown }

function partsThatDiffer(was: unknown, is: unknown, path: readonly string[]): Part[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return []
  if (!isParted(was) && !isParted(is)) return [{ path, was, is }]
  const [before, after] = [partsOf(was, path.at(-1)), partsOf(is, path.at(-1))]
  const isList = Array.isArray(was ?? is)
  const parts = [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [old, fresh] = [before.get(key), after.get(key)]
    if (isList && !(old && fresh))
      return [{ path: [...path, (fresh ?? old)?.word ?? ''], was: old?.value, is: fresh?.value }]
    return partsThatDiffer(old?.value ?? null, fresh?.value ?? null, [...path, (fresh ?? old)?.word ?? ''])
  })
  return [...parts, ...otherOrder(before, after, path)]
}

/** The same things in another order. */
function otherOrder(before: Parts, after: Parts, path: readonly string[]): Part[] {
  const kept = (these: Parts, those: Parts) => [...these].flatMap(([key, { word }]) => (those.has(key) ? [word] : []))
  const [was, is] = [kept(before, after), kept(after, before)]
  return was.join() === is.join() || [...was].sort().join() !== [...is].sort().join()
    ? []
    : [{ path: [...path, 'order'], was, is }]
}

/** Whether something is told part by part. */
const isParted = (value: unknown): value is Record<string, unknown> | unknown[] =>
  typeof value === 'object' && value !== null && !isSpan(value) && !(Array.isArray(value) && !value.some(isPart))

const isPart = (item: unknown): boolean => isParted(item) || Array.isArray(item)

type Span = { from: number; to: number }
const isSpan = (value: unknown): value is Span =>
  typeof value === 'object' && value !== null && Object.values(value).every(Number.isInteger) && 'from' in value

type Parts = ReadonlyMap<string, { word: string; value: unknown }>

/** Parts by what tells them apart; what people need not read is left out. */
function partsOf(value: unknown, owner = ''): Parts {
  if (!isParted(value)) return new Map()
  if (Array.isArray(value))
    return new Map(
      value.map((item, at) => [identityOf(item) ?? String(at), { word: nameOf(item, at, owner), value: item }]),
    )
  const told = Object.entries(value).filter(([key]) => key !== 'id' && key !== 'version')
  return new Map(told.map(([key, part]) => [key, { word: keyWords(key), value: part }]))
}

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

const textAt = (item: unknown, key: string): string | null => {
  const value = isParted(item) && !Array.isArray(item) ? item[key] : null
  return typeof value === 'string' && value !== '' ? value : null
}

const identityOf = (item: unknown): string | null => {
  const keyword = textAt(item, 'kind') && textAt(item, 'language')
  if (keyword) return ['kind', 'value', 'language'].map((key) => textAt(item, key)).join('/')
  return textAt(item, 'id')
}

/** Its name; else where it stands. */
function nameOf(item: unknown, at: number, owner: string): string {
  if (owner === 'week') return DAYS[at] ?? ''
  const named = textAt(item, 'name') ?? textAt(item, 'title') ?? textAt(item, 'label') ?? identityOf(item)
  return named === null || isId(named) ? `${at + 1}` : named
}

function said(value: unknown, path: readonly string[], names: ReadonlyMap<string, string>): string {
  if (value === null || value === undefined || value === '') return NOTHING
  if (isParted(value)) return wholeOf(value, names)
  if (Array.isArray(value))
    return value.length === 0 ? NOTHING : value.map((item) => said(item, path, names)).join(', ')
  if (isSpan(value)) return `${clockWords(value.from)}-${clockWords(value.to)}`
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return numberWords(value, path)
  const text = String(value)
  return isId(text) ? (names.get(text) ?? 'something that is gone') : textWords(text)
}

/** A thing of a list that is new or gone, in one line. */
const wholeOf = (value: unknown, names: ReadonlyMap<string, string>): string =>
  partsThatDiffer(null, value, [])
    .map(({ path, is }) => ({ path, text: said(is, path, names) }))
    .filter(({ text }) => text !== NOTHING && text !== 'no')
    .map(({ path, text }) => `${path.join(' ')} ${text}`)
    .join('; ')
