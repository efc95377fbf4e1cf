import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import type { Fact } from '../../platform/events.ts'
import { following } from '../../platform/followers.ts'
import { enqueueAll, job } from '../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { formatNumber, ticketAssigned } from '../tickets/index.ts'
import { type Notice, ticketPath } from './notice.ts'
import { notify } from './notifying.ts'
import { person } from './recipients.ts'

/** One act may give a thousand; the notice names one, or says how many. */
const MOST = 50

const Given = z.object({
  staffId: z.uuid(),
  ticketIds: z.array(z.uuid()).max(MOST),
  count: z.int(),
  at: z.iso.datetime(),
})
type Given = z.infer<typeof Given>

/**
 * Whoever wants to know which tickets they are given. Most people want nothing of it, so one statement asks for those who do, and only
 * they cost a job: one for all that an act gave them.
 */
async function wantToTell(_ctx: Ctx, tx: Tx, facts: readonly Fact[]): Promise<void> {
  const given = facts.flatMap(givenIn)
  if (given.length === 0) return
  const { workspaceId, now } = tx
  const asked = await tx.noticeChoice.findMany({
    where: {
      workspaceId,
      kind: 'assignment',
      way: { not: 'off' },
      staffId: { in: given.map(({ staffId }) => staffId) },
    },
    select: { staffId: true },
  })
  await enqueueAll(
    tx,
    asked.map(({ staffId }) => {
      const ticketIds = given.filter((one) => one.staffId === staffId).map(({ ticketId }) => ticketId)
      const payload = { staffId, ticketIds: ticketIds.slice(0, MOST), count: ticketIds.length, at: now.toISOString() }
      return { job: tellOwner.name, payload: payload satisfies Given, maxAttempts: tellOwner.maxAttempts }
    }),
  )
}

/** What somebody takes themselves they know, and of a hand-over they are told as a whole. */
function givenIn({ ticketId, payload, by, historical }: Fact): { ticketId: string; staffId: string }[] {
  const staffId = payload['assigneeId']
  if (historical || ticketId === null || typeof staffId !== 'string' || staffId === by.id) return []
  if (payload['handoverId']) return []
  return [{ ticketId, staffId }]
}

export const assignmentFollower = following([ticketAssigned], wantToTell)

export const tellOwner = job('notices:assigned', Given, (ctx: Ctx, workspaceId, given) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const { staffId, ticketIds } = given
    const where = { workspaceId, id: { in: ticketIds }, assigneeId: staffId }
    const theirs = await tx.ticket.findMany({ where, select: { id: true, number: true }, orderBy: { number: 'asc' } })
    const escalated = await escalatedIn(tx, given)
    const news = theirs.filter(({ id }) => !escalated.has(id))
    const [first] = news
    if (!first) return // somebody else has them by now, or they know
    const others = ticketIds.length - news.length
    await notify(ctx, tx, await person(tx, staffId), noticeOf(given, first, given.count - others))
  }),
)

/** Tickets of which they are told by the same act why they get them; none for whoever wants to know of no escalation. */
async function escalatedIn(tx: Tx, { staffId, ticketIds, at }: Given): Promise<Set<string>> {
  const { workspaceId } = tx
  const where = { workspaceId, ticketId: { in: ticketIds }, toId: staffId, at: new Date(at) }
  const rows = await tx.slaEscalation.findMany({ where, select: { ticketId: true } })
  if (rows.length === 0) return new Set()
  const isSilent = await tx.noticeChoice.count({ where: { workspaceId, staffId, kind: 'escalation', way: 'off' } })
  return new Set(isSilent > 0 ? [] : rows.map(({ ticketId }) => ticketId))
}

function noticeOf({ ticketIds, at }: Given, first: { id: string; number: number }, count: number): Notice {
  const number = formatNumber(first.number)
  const common = { kind: 'assignment', about: `assigned/${ticketIds[0]}/${at}` } as const
  if (count > 1)
    return {
      ...common,
      subject: `${count} tickets are given to you`,
      lines: [`${number} and ${count - 1} more are yours now. They are in «Mine».`],
      path: '/desk',
      number: null,
    }
  return {
    ...common,
    subject: `${number} is given to you`,
    lines: [`${number} is yours now.`],
    path: ticketPath(first.id),
    number,
  }
}
