import pg from 'pg'

/**
 * A connection of whoever owns the tables. One that is cut off is told by what is asked of it next: without a listener its end would be the
 * end of the process, which then could not say what was in the way.
 */
export async function connectOwner(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  return client
}
