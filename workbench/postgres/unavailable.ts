/** The database cannot start for a reason a person can act on: the message says which, and what to do. */
export class PostgresUnavailable extends Error {
  override name = 'PostgresUnavailable'
}
