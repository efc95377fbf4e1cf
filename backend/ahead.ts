import type { Ctx } from './context.ts'
import { teamAhead } from './features/desk/index.ts'
import { queuesAhead } from './features/queues/index.ts'
import { cardAhead } from './features/tickets/index.ts'
import { planAhead } from './platform/asking.ts'

/** A desk starts, however slow its database is. */
const MOST_MS = 10_000

/** Has the database plan the homepage and the ticket's card before anybody opens them. A desk that cannot starts all the same. */
export async function planHotViews(ctx: Ctx): Promise<void> {
  const statements = [...queuesAhead(), cardAhead(ctx), teamAhead()]
  try {
    const planned = await planAhead(ctx, statements, MOST_MS)
    ctx.log.info({ statements: statements.length, planned }, 'hot views are planned')
  } catch (error) {
    ctx.log.warn({ err: error }, 'hot views could not be planned ahead')
  }
}
