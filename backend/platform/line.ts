import { AsyncLocalStorage } from 'node:async_hooks'
import type { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import type { Prisma } from '../generated/prisma/client.ts'
import { statementNames } from './statement-names.ts'

/** The connection of one transaction: ours from its BEGIN to the end that Prisma sends. */
export type Line = { client: pg.ClientBase | null; begun: boolean }

/** A line before its transaction. */
export const newLine = (): Line => ({ client: null, begun: false })

const opening = new AsyncLocalStorage<Line>()

/** Opens a transaction whose connection the line gets to know. @param open begins exactly one transaction of a client that `tellingLines` made */
export const onLine = <T>(line: Line, open: () => Promise<T>): Promise<T> => opening.run(line, open)

/** Lets the transactions of an adapter tell their line the connection that they run on; Prisma keeps it to itself. */
export function tellingLines(factory: PrismaPg): PrismaPg {
  const connect = factory.connect.bind(factory)
  factory.connect = async () => {
    const adapter = await connect()
    const start = adapter.startTransaction.bind(adapter)
    adapter.startTransaction = async (isolation) => {
      const line = opening.getStore()
      const transaction = await start(isolation)
      if (line && !line.begun) tell(line, transaction as unknown as Begun)
      return transaction
    }
    return adapter
  }
  return factory
}

/** What adapter-pg 7.10.0 makes of a transaction; pinned by the version and by the tests of platform-line. */
type Begun = { client: pg.ClientBase; executeRaw(query: { sql: string }): Promise<number> }

/** Whatever is sent behind its end would be another transaction, or none. */
function tell(line: Line, begun: Begun): void {
  const execute = begun.executeRaw.bind(begun)
  begun.executeRaw = (query) => {
    if (query.sql === 'COMMIT' || query.sql === 'ROLLBACK') line.client = null
    return execute(query)
  }
  Object.assign(line, { client: begun.client, begun: true })
}

const nameOf = statementNames()

/**
 * Sends a statement with its values as they are. Prisma writes all values of a raw statement down as JSON and reads them back, bytes as
 * base64: of a batch of mails that costs as much as all else that is done to them.
 * @returns how many rows it wrote
 * @throws pg.DatabaseError, and Error when the transaction is over
 */
export const send = async (line: Line, sql: Prisma.Sql): Promise<number> => (await query(line, sql)).rowCount ?? 0

/**
 * The same for a question whose rows are many, or have many bytes: they come as pg gives them.
 * @returns rows; bytes are a Buffer and instants a Date as elsewhere, int8 and numeric are text
 * @throws pg.DatabaseError, and Error when the transaction is over
 */
export const ask = async <T>(line: Line, sql: Prisma.Sql): Promise<T[]> => (await query(line, sql)).rows as T[]

function query({ client }: Line, { text, values }: Prisma.Sql): Promise<pg.QueryResult> {
  if (client === null) throw new Error('A statement was sent after the end of its transaction')
  const name = nameOf({ sql: text })
  return client.query({ text, values: values.map(asSent), ...(name && { name }) })
}

/** pg would write an instant down in the time zone of the machine. */
const asSent = (value: unknown): unknown => (value instanceof Date ? value.toISOString().replace(/^\+0*/, '') : value)
