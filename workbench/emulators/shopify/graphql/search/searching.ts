import { comparing } from './comparing.ts'
import type { SearchField, SearchFields } from './fields.ts'
import { parseSearch, type Query, type Term } from './parsing.ts'

export interface Search<T> {
  /** False when the text asked for nothing: such a list comes from the database, not from the index. */
  asked: boolean
  matches(record: T): boolean
  /** Terms that were left out of the search, in Shopify's words; they belong into the answer's extensions.search. */
  warnings: SearchWarning[]
  parsed: unknown
  /** The latest instant that a `field:>=` or `field:>` of every match lies behind, so that an index can start there. */
  since(field: string): string | null
  /** The one value of `field:value` that every match has. */
  exactly(field: string): string | null
}

export interface SearchWarning {
  field: string
  message: string
  code: string
}

/**
 * Makes a test of a search text. A field that the resource does not have is left out with a warning, so that the
 * answer is wider than what was asked: Shopify does the same (facts/shopify-meta.md 1.8).
 */
export function searchFor<T>(text: string | null | undefined, fields: SearchFields<T>): Search<T> {
  const query = parseSearch(text ?? '')
  const warnings: SearchWarning[] = []
  const test = testOf(query, fields, warnings) ?? (() => true)
  const needed = neededTerms(query)
  return {
    asked: needed.length > 0 || query.kind !== 'all',
    matches: test,
    warnings,
    parsed: shapeOf(query),
    since: (field) =>
      needed
        .filter(
          (term) => term.field === field && term.comparator.startsWith('>') && !Number.isNaN(Date.parse(term.value)),
        )
        .map((term) => wholeSecond(term.value))
        .reduce<string | null>((latest, at) => (latest === null || at > latest ? at : latest), null),
    exactly: (field) => needed.find((term) => term.field === field && term.comparator === '=')?.value ?? null,
  }
}

/** Dates are compared by whole seconds, so an index must start at one. */
const wholeSecond = (text: string) => new Date(Math.floor(Date.parse(text) / 1000) * 1000).toISOString()

type Test<T> = (record: T) => boolean

/** Undefined when nothing is left to test. */
function testOf<T>(query: Query, fields: SearchFields<T>, warnings: SearchWarning[]): Test<T> | undefined {
  if (query.kind === 'term') return termTest(query, fields, warnings)
  if (query.kind === 'not') {
    const inner = testOf(query.of, fields, warnings)
    return inner && ((record) => !inner(record))
  }
  const tests = query.of.map((part) => testOf(part, fields, warnings)).filter((test) => test !== undefined)
  if (tests.length === 0) return undefined
  return query.kind === 'all'
    ? (record) => tests.every((test) => test(record))
    : (record) => tests.some((test) => test(record))
}

function termTest<T>(term: Term, fields: SearchFields<T>, warnings: SearchWarning[]): Test<T> | undefined {
  const field = Object.hasOwn(fields, term.field ?? 'default') ? fields[term.field ?? 'default'] : undefined
  if (!field) {
    warnings.push({
      field: term.field ?? 'default',
      message: 'Invalid search field for this query.',
      code: 'invalid_field',
    })
    return undefined
  }
  const fits = comparing(field as SearchField<never>, term)
  return (record) => {
    const held = field.of(record)
    return typeof held === 'object' && held !== null ? held.some(fits) : fits(held)
  }
}

/** Terms that every match must meet, wherever AND alone leads to them. */
function neededTerms(query: Query): Term[] {
  if (query.kind === 'term') return [query]
  return query.kind === 'all' ? query.of.flatMap(neededTerms) : []
}

const RANGES = { '<': 'lt', '<=': 'lte', '>': 'gt', '>=': 'gte' }

/** How Shopify shows what it understood, beside its warnings. */
function shapeOf(query: Query): unknown {
  if (query.kind === 'not') return { not: shapeOf(query.of) }
  if (query.kind !== 'term') return { [query.kind === 'all' ? 'and' : 'or']: query.of.map(shapeOf) }
  const { field, comparator, quoted, value } = query
  if (comparator === '=') return { field: field ?? 'default', [quoted ? 'match_phrase' : 'match_all']: value }
  return { field: field ?? 'default', range: { [RANGES[comparator]]: value } }
}
