import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { askWorkspace } from '../../../platform/asking.ts'
import { htmlOf } from '../../../platform/html.ts'
import type { News } from '../../../platform/live/news.ts'
import { livePart, livePlace, type Visit } from '../../settings/index.ts'
import { presentWork, type WorkRow, workSql } from '../clocking/standing.ts'
import { workStrip } from './work-strip.ts'

const PATH = '/desk/live/work'

/** Log-in, breaks and log-out as they stand on every device: what another one pressed is seen here. */
export const workLive = livePart(PATH, PEOPLE_AT_WORK, async (ctx, visit) => {
  const from = visit.query.get('from') ?? ''
  return {
    name: `work/${visit.actor.id}/${from}/${visit.formToken}`,
    hears: isAboutWork,
    render: () => stripOf(ctx, visit, from),
  }
})

const isAboutWork = ({ kinds }: News): boolean => [...kinds].some((kind) => /^(work|break)\./.test(kind))

/** The same as part of a page. @param from the page that is shown again after a press, a path of /desk */
export const liveWorkStrip = async (ctx: Ctx, visit: Visit, from: string) =>
  livePlace(`${PATH}?${new URLSearchParams({ from })}`, await stripOf(ctx, visit, from))

type Row = { work: WorkRow | null; zone: string }

/** One statement: it is made anew for everybody who looks when anybody comes or goes. */
async function stripOf(ctx: Ctx, visit: Visit, from: string): Promise<string> {
  const { id, workspaceId } = visit.actor
  const [row] = await askWorkspace<Row>(
    ctx,
    workspaceId,
    Prisma.sql`select ${workSql(Prisma.sql`w.workspace_id`, id)} as work, w.time_zone as zone
      from desk.workspace w where w.workspace_id = ${workspaceId}::uuid`,
  )
  if (!row?.work) return ''
  return htmlOf(workStrip(visit, presentWork(row.work), { now: ctx.clock.now(), zone: row.zone, from }))
}
