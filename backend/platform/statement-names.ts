import { hashOf } from './crypto.ts'

/** Statements that one process names; each connection keeps as many plans. */
const MOST = 300
/** A statement that comes back so often is worth a name; one with a list of changing length is not. */
const OFTEN = 3

/**
 * Names for prepared statements, so that PostgreSQL parses a frequent one once per connection.
 * @returns a name, or an empty text for a statement to be sent unnamed
 */
export function statementNames(): (query: { sql: string }) => string {
  const seen = new Map<string, { times: number; name: string }>()
  return ({ sql }) => {
    const known = seen.get(sql)
    if (known) return ++known.times >= OFTEN ? known.name : ''
    if (seen.size < MOST) seen.set(sql, { times: 1, name: `s${hashOf(sql).slice(0, 24)}` })
    return ''
  }
}
