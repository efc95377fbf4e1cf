import { createContext } from '../app.ts'
import { readConfig } from '../config.ts'
import type { Ctx } from '../context.ts'
import { requireDatabase } from './database-problem.ts'
import { readEnvironment } from './environment.ts'

/** Runs a command with what the processes have, against a database that answers and is prepared. */
export async function withDesk(work: (ctx: Ctx) => Promise<void>): Promise<void> {
  await withContext(async (ctx) => {
    await requireDatabase(ctx)
    await work(ctx)
  })
}

/** The same without looking at the database first; log lines are silent, because commands speak for themselves. */
export async function withContext(work: (ctx: Ctx) => Promise<void>): Promise<void> {
  const config = readConfig(readEnvironment())
  const ctx = createContext({ ...config, logLevel: 'silent' }, { process: 'admin' })
  try {
    await work(ctx)
  } finally {
    await ctx.close()
  }
}
