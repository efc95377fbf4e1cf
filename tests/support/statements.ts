import pg from 'pg'

/**
 * The statements that this process sends to PostgreSQL while `work` runs, whoever sends them.
 * @param about only those that match
 */
export async function statementsOf(about: RegExp, work: () => Promise<unknown>): Promise<string[]> {
  const seen: string[] = []
  const { prototype } = pg.Client
  const original = prototype.query
  prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args
    const text = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text
    if (text && about.test(text)) seen.push(text)
    return (original as (...all: unknown[]) => unknown).apply(this, args)
  } as typeof original
  try {
    await work()
  } finally {
    prototype.query = original
  }
  return seen
}
