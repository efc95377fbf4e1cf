import { comparePlaces, lowerBound, type Place, type Places } from './ordering.ts'
import type { Gid, Kept } from './records/ids.ts'

export interface Span {
  /** Starts behind this place; with `reverse`, before it. */
  after?: Place
  /** Least key. */
  from?: string
  reverse?: boolean
}

/** Records that are made when they are read, so that a shop of 100 thousand orders costs no memory. Their keys grow with n in every ordering. */
export interface Generated<T> {
  count: number
  make(n: number): T
  numberOf(id: Gid): number | undefined
  /** Which of them a look-up finds. */
  find?(lookup: string, value: string): number[]
}

interface Shape<T> {
  lookups: { readonly [name: string]: (record: T) => string | string[] | null }
  orderings: { readonly [name: string]: (record: T) => string }
}

/** Milliseconds; older versions are forgotten. */
const LONGEST_LAG = 3_600_000

type Version<T> = { at: number; record: T | undefined }

/** The records of one kind in one shop. They are changed by the shop's commit alone. */
export class Table<T extends Kept, L extends string = string> {
  readonly #shape: Shape<T>
  readonly #records = new Map<Gid, T>()
  readonly #gone = new Set<Gid>()
  readonly #found: Map<string, Map<string, Set<Gid>>>
  readonly #sorted: Map<string, Place[]>
  readonly #versions = new Map<Gid, Version<T>[]>()
  #generated: Generated<T> | undefined
  #revision = 0

  constructor(shape: Shape<T>) {
    this.#shape = shape
    this.#found = new Map(Object.keys(shape.lookups).map((name) => [name, new Map()]))
    this.#sorted = new Map(Object.keys(shape.orderings).map((name) => [name, []]))
  }

  /** Grows with every change, so that what was worked out from the records can be kept until then. */
  get revision(): number {
    return this.#revision
  }

  get size(): number {
    const made = this.#generated ? this.#generated.count - this.#replaced() : 0
    return this.#records.size + made
  }

  get(id: Gid): T | undefined {
    return this.#records.get(id) ?? this.#fresh(this.#generated?.numberOf(id))
  }

  *all(): Iterable<T> {
    for (let n = 0; n < (this.#generated?.count ?? 0); n++) {
      const record = this.#fresh(n)
      if (record) yield record
    }
    yield* this.#records.values()
  }

  /** Records by one of the table's look-ups, oldest first. */
  by(lookup: L, value: string): T[] {
    const made = this.#generated?.find?.(lookup, value).flatMap((n) => this.#fresh(n) ?? []) ?? []
    const ids = this.#found.get(lookup)?.get(value) ?? []
    return [...made, ...[...ids].flatMap((id) => this.#records.get(id) ?? [])]
  }

  /** Records in an ordering of the table, read lazily from any place on. */
  *ordered(name: string, span: Span = {}): Iterable<T> {
    const own = this.#walk(this.#places(name), span)
    const made = this.#walk(this.#madePlaces(name), span)
    const sign = span.reverse ? -1 : 1
    let a = own.next()
    let b = made.next()
    while (!a.done || !b.done) {
      const takeOwn = b.done || (!a.done && comparePlaces(a.value, b.value) * sign <= 0)
      const place = takeOwn ? a.value : b.value
      const record = takeOwn ? this.#records.get((place as Place).id) : this.get((place as Place).id)
      if (record && (takeOwn || !this.#records.has(record.id))) yield record
      if (takeOwn) a = own.next()
      else b = made.next()
    }
  }

  /** The record as a search index that ends at `horizon` knows it. */
  knownAt(record: T, horizon: number): T | undefined {
    const versions = this.#versions.get(record.id)
    if (!versions) return record
    return versions.findLast(({ at }) => at <= horizon)?.record
  }

  /** Fills the table with records that are made when read. Not journalled: give it at every start. */
  generate(generated: Generated<T>): void {
    this.#revision++
    this.#generated = generated
  }

  /** For the shop's commit. `remember` keeps what was there before for the search index. */
  put(record: T, at: number, remember: boolean): void {
    this.#revision++
    const before = this.get(record.id)
    if (remember) this.#remember(record.id, before, { at, record })
    this.#unlist(record.id)
    this.#gone.delete(record.id)
    this.#records.set(record.id, record)
    for (const [name, keyOf] of Object.entries(this.#shape.lookups))
      this.#lists(name, keyOf(record), (ids) => ids.add(record.id))
    for (const [name, keyOf] of Object.entries(this.#shape.orderings)) {
      const places = this.#places(name)
      const place = { key: keyOf(record), id: record.id }
      places.splice(lowerBound(places, place), 0, place)
    }
  }

  delete(id: Gid): void {
    this.#revision++
    this.#unlist(id)
    this.#records.delete(id)
    this.#gone.add(id)
    this.#versions.delete(id)
  }

  #fresh(n: number | undefined): T | undefined {
    if (n === undefined) return undefined
    const record = this.#generated?.make(n)
    return record && !this.#records.has(record.id) && !this.#gone.has(record.id) ? record : undefined
  }

  #replaced(): number {
    const known = (id: Gid) => this.#generated?.numberOf(id) !== undefined
    return [...this.#records.keys(), ...this.#gone].filter(known).length
  }

  #places(name: string): Place[] {
    const places = this.#sorted.get(name)
    if (!places) throw new Error(`the table has no ordering ${name}`)
    return places
  }

  #madePlaces(name: string) {
    const generated = this.#generated
    const keyOf = this.#shape.orderings[name]
    return {
      length: generated?.count ?? 0,
      at(n: number): Place {
        const record = generated?.make(n) as T
        return { key: keyOf?.(record) ?? '', id: record.id }
      },
    }
  }

  *#walk(places: Places, { after, from, reverse }: Span): Generator<Place, undefined> {
    const first = from === undefined ? 0 : lowerBound(places, { key: from, id: '' })
    const turn = after && lowerBound(places, after)
    const behind = turn !== undefined && turn < places.length && places.at(turn)?.id === after?.id ? 1 : 0
    const end = reverse ? (turn ?? places.length) : places.length
    for (let i = Math.max(first, reverse ? 0 : (turn ?? 0) + behind); i < end; i++) {
      const place = places.at(reverse ? end - 1 - (i - first) : i)
      if (place) yield place
    }
    return undefined
  }

  #unlist(id: Gid) {
    const before = this.#records.get(id)
    if (!before) return
    for (const [name, keyOf] of Object.entries(this.#shape.lookups))
      this.#lists(name, keyOf(before), (ids) => ids.delete(id))
    for (const [name, keyOf] of Object.entries(this.#shape.orderings)) {
      const places = this.#places(name)
      const place = { key: keyOf(before), id }
      places.splice(lowerBound(places, place), 1)
    }
  }

  #lists(name: string, values: string | string[] | null, change: (ids: Set<Gid>) => void) {
    const map = this.#found.get(name)
    for (const value of values === null ? [] : [values].flat()) {
      const ids = map?.get(value) ?? new Set()
      change(ids)
      map?.set(value, ids)
    }
  }

  #remember(id: Gid, before: T | undefined, version: Version<T>) {
    const versions = this.#versions.get(id) ?? [{ at: Number.NEGATIVE_INFINITY, record: before }]
    const settled = versions.findLastIndex(({ at }) => at <= version.at - LONGEST_LAG)
    this.#versions.set(id, [...versions.slice(Math.max(0, settled)), version])
  }
}
