import type { Express } from 'express'
import type { Database } from './database.ts'
import type { Metrics } from './metrics.ts'

/** What is not ready, in words; empty when all is well. */
export type Readiness = () => Promise<string[]>

/** /healthz: the process runs. /readyz: it can work. /metrics: Prometheus. None of them needs an identity or tells a secret. */
export function mountProbes(app: Express, { metrics }: { metrics: Metrics }, readiness: Readiness): void {
  app.get('/healthz', (_request, response) => {
    response.json({ status: 'ok' })
  })
  app.get('/readyz', async (_request, response) => {
    const problems = await readiness()
    response
      .status(problems.length === 0 ? 200 : 503)
      .json({ status: problems.length === 0 ? 'ready' : 'not ready', problems })
  })
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

/** Asks the database for one row, within two seconds. */
export async function databaseProblem(db: Database): Promise<string[]> {
  const late = new Promise<string[]>((resolve) =>
    setTimeout(() => resolve(['the database does not answer']), 2_000).unref(),
  )
  const asked = db.$queryRaw`select 1`.then(
    () => [],
    () => ['the database cannot be reached'],
  )
  return Promise.race([asked, late])
}
