import pg from 'pg'

export type Statement = { text: string; values: unknown[] }

/**
 * The statements that this process sends to PostgreSQL while `work` runs, whoever sends them.
 * @param about only those that match
 */
export async function statementsOf(about: RegExp, work: () => Promise<unknown>): Promise<string[]> {
  return (await askedBy(about, work)).map(({ text }) => text)
}

/** The same with the values of their parameters, so that they can be explained. */
export async function askedBy(about: RegExp, work: () => Promise<unknown>): Promise<Statement[]> {
  const seen: Statement[] = []
  const { prototype } = pg.Client
  const original = prototype.query
  prototype.query = function (this: pg.Client, ...args: unknown[]) {
    const [first] = args
    const { text, values } =
      typeof first === 'string' ? { text: first, values: args[1] } : ((first ?? {}) as Partial<Statement>)
    if (text && about.test(text)) seen.push({ text, values: Array.isArray(values) ? values : [] })
    return (original as (...all: unknown[]) => unknown).apply(this, args)
  } as typeof original
  try {
    await work()
  } finally {
    prototype.query = original
  }
  return seen
}
