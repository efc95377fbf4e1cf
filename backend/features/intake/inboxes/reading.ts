import type { Tx } from '../../../platform/tenancy.ts'

/** Somebody of the staff, and how their own inbox is read. */
export type Inbox = {
  staffId: string
  name: string
  email: string
  /** null: not read. */
  state: 'connected' | 'needs_access' | 'paused' | null
  problem: string | null
  syncedAt: Date | null
  /** Mails of the last 30 days that are the desk's, and how many are not. */
  kept: number
  unmatched: number
}

export type Inboxes = { people: Inbox[]; addresses: string[]; hasKey: boolean }

const DAYS_MS = 30 * 86_400_000

export async function readInboxes(tx: Tx): Promise<Inboxes> {
  const since = new Date(tx.now.getTime() - DAYS_MS)
  const people = await tx.$queryRaw<Inbox[]>`
    select s.id::text as "staffId", s.name, s.email, m.state, m.problem, m.synced_at as "syncedAt",
      (select count(*)::int from desk.mailbox_mail mm where mm.workspace_id = m.workspace_id and mm.mailbox_id = m.id and mm.received_at >= ${since}) as kept,
      (select coalesce(sum(u.mails), 0)::int from desk.mailbox_unmatched u
        where u.workspace_id = m.workspace_id and u.mailbox_id = m.id and u.day >= ${since}::date) as unmatched
    from desk.staff s
    left join desk.mailbox m on m.workspace_id = s.workspace_id and m.staff_id = s.id and m.state <> 'ended'
    where s.workspace_id = ${tx.workspaceId}::uuid and s.state <> 'deactivated' and s.role in ('agent', 'supervisor', 'admin')
    order by s.name, s.id`
  const where = { workspaceId: tx.workspaceId }
  const shared = await tx.mailbox.findMany({
    where: { ...where, state: { not: 'ended' } },
    select: { address: true },
    distinct: ['address'],
    orderBy: { address: 'asc' },
  })
  const keys = await tx.mailbox.count({ where: { ...where, access: 'service_account', secret: { not: null } } })
  return { people, addresses: shared.map(({ address }) => address), hasKey: keys > 0 }
}
