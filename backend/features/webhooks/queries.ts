import { Prisma } from '../../generated/prisma/client.ts'

/** The last one shown. */
export type Place = [createdAt: string, id: string]

const BEGINNING: Place = ['infinity', '00000000-0000-0000-0000-000000000000']

/** What was sent to an address, newest first. */
export const sentTo = (workspaceId: string, webhookId: string, place: Place | null, limit: number): Prisma.Sql => {
  const [at, id] = place ?? BEGINNING
  return Prisma.sql`
    select d.id::text from desk.webhook_delivery d
    where d.workspace_id = ${workspaceId}::uuid and d.webhook_id = ${webhookId}::uuid and (d.created_at, d.id) < (${at}::timestamptz, ${id}::uuid)
    order by d.created_at desc, d.id desc limit ${limit}`
}

type Lease = { now: Date; until: Date; limit: number }

/** Makes somebody the only sender to an address, or goes on with it. @param held whether they are it already */
export const holdAddress = (
  workspaceId: string,
  webhookId: string,
  { now, until }: Lease,
  held: boolean,
): Prisma.Sql => Prisma.sql`
  update desk.webhook set sending_until = ${until}
  where workspace_id = ${workspaceId}::uuid and id = ${webhookId}::uuid and state = 'on'
    and coalesce(quiet_until, ${now}) <= ${now} and (${held} or coalesce(sending_until, ${now}) <= ${now})`

/** Takes what is due to an address, for as long as a lease. */
export const takeDue = (workspaceId: string, webhookId: string, { now, until, limit }: Lease): Prisma.Sql => Prisma.sql`
  update desk.webhook_delivery set attempt = attempt + 1, next_at = ${until}
  where workspace_id = ${workspaceId}::uuid and id in (
    select id from desk.webhook_delivery
    where workspace_id = ${workspaceId}::uuid and webhook_id = ${webhookId}::uuid and state = 'waiting' and next_at <= ${now}
    order by next_at limit ${limit} for update skip locked)
  returning id::text, type, data, attempt, occurred_at as "occurredAt"`

/** When something is due to an address and it may be asked again. */
export const nextDue = (workspaceId: string, webhookId: string): Prisma.Sql => Prisma.sql`
  select greatest(d.next_at, w.quiet_until) as "nextAt"
  from desk.webhook_delivery d join desk.webhook w on w.workspace_id = d.workspace_id and w.id = d.webhook_id
  where d.workspace_id = ${workspaceId}::uuid and d.webhook_id = ${webhookId}::uuid and d.state = 'waiting' and w.state = 'on'
  order by d.next_at limit 1`

/** Addresses to which something is due that nobody sends. */
export const forgottenAddresses = (workspaceId: string, now: Date): Prisma.Sql => Prisma.sql`
  select w.id::text from desk.webhook w where w.workspace_id = ${workspaceId}::uuid and w.state = 'on' and exists (
    select from desk.webhook_delivery d
    where d.workspace_id = w.workspace_id and d.webhook_id = w.id and d.state = 'waiting' and d.next_at <= ${now})`
