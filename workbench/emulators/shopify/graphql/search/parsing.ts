export type Comparator = '=' | '<' | '<=' | '>' | '>='

export interface Term {
  kind: 'term'
  /** Null searches the default fields. */
  field: string | null
  comparator: Comparator
  value: string
  /** The value stood in quotes: its words must follow each other. */
  quoted: boolean
}

export type Query = Term | { kind: 'all' | 'any'; of: Query[] } | { kind: 'not'; of: Query }

/**
 * Reads Shopify's search language: terms, field:value with comparators, quotes, AND, OR, NOT, minus and parentheses.
 * It never fails: what makes no sense is skipped, as Shopify does. https://shopify.dev/docs/api/usage/search-syntax
 */
export function parseSearch(text: string): Query {
  const lexemes = [...text.matchAll(LEXEME)].flatMap((match) => lexemeOf(match.groups ?? {}))
  const reader: Reader = { lexemes, at: 0 }
  const parts: Query[] = []
  while (reader.at < lexemes.length) {
    parts.push(alternatives(reader))
    reader.at++ // a parenthesis that closes nothing
  }
  return parts.length === 1 ? (parts[0] as Query) : { kind: 'all', of: parts }
}

/**
 * A colon ends a bare value. An instant without quotes therefore falls to pieces: `updated_at:>=2026-01-01T10:20:30Z`
 * asks for a field named 20.
 */
const BARE = String.raw`(?:\\.|[^\s:()\\])+`
const NAME = String.raw`(?:\\.|[^\s:()\\"'-])(?:\\.|[^\s:()\\])*`
const QUOTED = String.raw`"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'`
const LEXEME = new RegExp(
  String.raw`(?<open>-?\()|(?<close>\))|(?<minus>-)?(?:(?<field>${NAME}):(?<comparator>[<>]=?)?)?(?<value>${QUOTED}|${BARE})|.`,
  'gs',
)

type Lexeme =
  | { kind: 'open'; negated: boolean }
  | { kind: 'close' | 'AND' | 'OR' | 'NOT' }
  | { kind: 'term'; negated: boolean; term: Term }

interface Reader {
  lexemes: Lexeme[]
  at: number
}

function lexemeOf({ open, close, minus, field, comparator, value }: Record<string, string | undefined>): Lexeme[] {
  if (open) return [{ kind: 'open', negated: open.startsWith('-') }]
  if (close) return [{ kind: 'close' }]
  if (value === undefined) return []
  if (!minus && !field && (value === 'AND' || value === 'OR' || value === 'NOT')) return [{ kind: value }]
  const quoted = /^["']/.test(value) && value.length > 1
  const term: Term = {
    kind: 'term',
    field: field === undefined ? null : unescaped(field).toLowerCase(),
    comparator: (comparator as Comparator | undefined) ?? '=',
    value: unescaped(quoted ? value.slice(1, -1) : value),
    quoted,
  }
  return [{ kind: 'term', negated: minus !== undefined, term }]
}

const unescaped = (text: string) => text.replace(/\\(.)/gs, '$1')

/** AND binds tighter than OR. */
function alternatives(reader: Reader): Query {
  const groups: Query[][] = [[]]
  for (; ; reader.at++) {
    const lexeme = reader.lexemes[reader.at]
    if (!lexeme || lexeme.kind === 'close') break
    if (lexeme.kind === 'OR') groups.push([])
    else if (lexeme.kind !== 'AND') groups.at(-1)?.push(operand(reader))
  }
  const all = groups.filter((group) => group.length > 0).map(together)
  return all.length === 1 ? (all[0] as Query) : { kind: all.length === 0 ? 'all' : 'any', of: all }
}

/** Leaves the reader on the operand's last lexeme. */
function operand(reader: Reader): Query {
  const lexeme = reader.lexemes[reader.at]
  if (lexeme?.kind === 'term') return lexeme.negated ? { kind: 'not', of: lexeme.term } : lexeme.term
  if (lexeme?.kind === 'open') {
    reader.at++
    const inner = alternatives(reader)
    return lexeme.negated ? { kind: 'not', of: inner } : inner
  }
  const follows = reader.lexemes[reader.at + 1]
  if (lexeme?.kind !== 'NOT' || !follows || follows.kind === 'close') return { kind: 'all', of: [] }
  reader.at++
  return { kind: 'not', of: operand(reader) }
}

const together = (group: Query[]): Query => (group.length === 1 ? (group[0] as Query) : { kind: 'all', of: group })
