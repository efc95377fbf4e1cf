import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { following } from '../../../platform/followers.ts'
import { present, remark, section } from '../../../platform/panel.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { cardPart } from '../card-part.ts'
import { replySent } from '../events.ts'

/** Tickets with a note that names this person, who has not looked since. */
export const mentionsOf = (workspaceId: string, staffId: string | null): Prisma.Sql => Prisma.sql`
  select n.ticket_id from desk.mention n
  where n.workspace_id = ${workspaceId}::uuid and n.staff_id = ${staffId}::uuid and n.seen_at is null`

/** Says who named the reader in a note, once: whoever sees the card has seen it. */
export const mentionsPart = cardPart<string[]>({
  name: 'mentions',
  sql: ({ me }) => Prisma.sql`
    select coalesce(json_agg(distinct coalesce(a.name, 'A program')), '[]') from desk.mention n
    join desk.message g on g.workspace_id = n.workspace_id and g.id = n.message_id
    left join desk.staff a on a.workspace_id = g.workspace_id and a.id = g.author_id
    where n.workspace_id = t.workspace_id and n.staff_id = ${me}::uuid and n.ticket_id = t.id and n.seen_at is null`,
  present(ctx, { workspaceId, actor }, names, ticket) {
    if (names.length === 0) return []
    seeBehind(ctx, workspaceId, { ticketId: ticket.id, staffId: actor.id })
    const verb = names.length === 1 ? 'mentions' : 'mention'
    return present(section(null, remark(`${names.join(' and ')} ${verb} you in a note below.`)))
  },
})

type Seen = { ticketId: string; staffId: string | null }

/** Nobody waits for it; when it fails the next look does it. The answer's own key, if it has one, belongs to the answer. */
function seeBehind({ claim: _, ...ctx }: Ctx, workspaceId: string, seen: Seen): void {
  inWorkspace(ctx, workspaceId, (tx) => see(tx, [seen])).catch((error: unknown) =>
    ctx.log.warn({ err: error, workspaceId }, 'a mention could not be noted as seen'),
  )
}

async function see(tx: Tx, seen: readonly Seen[]): Promise<void> {
  const [tickets, people] = [seen.map(({ ticketId }) => ticketId), seen.map(({ staffId }) => staffId)]
  await tx.$executeRaw`
    update desk.mention n set seen_at = ${tx.now} from unnest(${tickets}::uuid[], ${people}::uuid[]) as seen (ticket_id, staff_id)
    where n.workspace_id = ${tx.workspaceId}::uuid and n.staff_id = seen.staff_id and n.ticket_id = seen.ticket_id and n.seen_at is null`
}

/** Whoever answers from Gmail has looked as well. */
export const mentionFollower = following([replySent], async (_ctx: Ctx, tx, facts) => {
  const seen = facts.flatMap(({ ticketId, by, historical }) =>
    ticketId !== null && by.kind === 'staff' && !historical ? [{ ticketId, staffId: by.id }] : [],
  )
  if (seen.length > 0) await see(tx, seen)
})
