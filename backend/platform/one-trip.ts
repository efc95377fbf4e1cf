import pg from 'pg'

/** A statement that its connection keeps by name. */
type Named = { name: string; text: string; values: unknown[] }
type First = Named & { values: string[] }

/** Which statements each connection has been told to begin with. */
const prepared = new WeakMap<pg.Connection, Set<string>>()

/** Puts a statement before another one, in the same packet: pg knows one statement a packet, the protocol any number. */
class Following extends pg.Query {
  readonly #first: First
  /** pg's own part: it sends the statement itself, and the end of the packet. */
  declare readonly prepare: (connection: pg.Connection) => void

  constructor(first: First, second: Named, answered: (error: Error | undefined, results: unknown) => void) {
    super(second, answered)
    this.#first = first
    const { prepare } = this
    this.prepare = (connection) => {
      this.#begin(connection)
      prepare.call(this, connection)
    }
  }

  #begin(connection: pg.Connection): void {
    const { name, text, values } = this.#first
    const known = prepared.get(connection) ?? new Set()
    if (!known.has(name)) connection.parse({ name, text, types: [] }, true)
    prepared.set(connection, known.add(name))
    connection.bind({ portal: '', statement: name, binary: 'false', values }, true)
    connection.describe({ type: 'P', name: '' }, true)
    connection.execute({ portal: '', rows: '0' }, true)
  }
}

/**
 * Two prepared statements in one trip and one transaction, without a BEGIN and a COMMIT that would be trips of their own: until the
 * packet ends PostgreSQL takes what it holds for one transaction, and settings that the first one makes for it hold for the second.
 * @param first what the second one needs; its rows are thrown away
 * @returns the rows of the second one
 * @throws Error of the database; the connection must not be used again, because it may not have got to know the statements
 */
export const askInOneTrip = <Row>(client: pg.PoolClient, first: First, second: Named): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    const answered = (error: Error | undefined, results: unknown) => {
      if (error) reject(error)
      else resolve((results as [unknown, { rows: Row[] }])[1].rows)
    }
    client.query(new Following(first, second, answered))
  })
