import pg from 'pg'
import type { Ctx } from '../../context.ts'
import { databaseProblem, inWords, placeOf } from '../database-problem.ts'
import { type Check, ok, problem } from './check.ts'

/** Whether each login reaches a database of this version. */
export async function checkDatabase(ctx: Ctx): Promise<Check[]> {
  const { url, lakeUrl } = ctx.config.db
  const failed = await databaseProblem(ctx)
  const first = failed
    ? problem('database', failed.says, failed.todo)
    : ok('database', `${placeOf(url)} answers and is at this version`)
  return failed ? [first] : [first, await checkLogin('lake', lakeUrl)]
}

async function checkLogin(about: string, url: string): Promise<Check> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  try {
    await client.connect()
    await client.query('select from desk.event limit 1')
    return ok(about, `${placeOf(url)} may read the record`)
  } catch (error) {
    const { says, todo } = inWords(error, url)
    return problem(about, says, todo)
  } finally {
    await client.end()
  }
}
