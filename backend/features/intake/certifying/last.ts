import { Prisma } from '../../../generated/prisma/client.ts'

/** How the mails of a mailbox were counted last; `at` is null while they never were. `since`: connected. */
export type LastCertificate = {
  mailboxId: string
  address: string
  since: Date
  at: Date | null
  listed: number
  late: number
  unended: number
  missing: number
}

/** The last count of each mailbox, by index. */
export const lastCertificatesSql = (workspaceId: string): Prisma.Sql => Prisma.sql`
  select m.id::text as "mailboxId", m.address, m.created_at as since, c.at, coalesce(c.listed, 0)::int as listed, coalesce(c.late, 0)::int as late,
    coalesce(c.unended, 0)::int as unended, coalesce(c.missing, 0)::int as missing
  from desk.mailbox m left join lateral (
    select n.at, n.listed, n.late, n.unended, n.missing from desk.intake_certificate n
    where n.workspace_id = m.workspace_id and n.mailbox_id = m.id order by n.at desc limit 1) c on true
  where m.workspace_id = ${workspaceId}::uuid order by m.created_at, m.id`

/** What a count came to, in words. */
export function certificateWords({
  listed,
  late,
  unended,
  missing = 0,
}: Pick<LastCertificate, 'listed' | 'late' | 'unended'> & { missing?: number }): string {
  const mails = `${listed} mail${listed === 1 ? '' : 's'} in Gmail`
  if (late === 0 && unended === 0 && missing === 0) return `${mails}, all of them here`
  const parts = [
    late > 0 && `${late} ${late === 1 ? 'was' : 'were'} not here and ${late === 1 ? 'is' : 'are'} brought in now`,
    missing > 0 &&
      `${missing} ${missing === 1 ? 'is' : 'are'} not here: see which, and take ${missing === 1 ? 'it' : 'them'} in`,
    unended > 0 && `${unended} wait${unended === 1 ? 's' : ''} to be filed`,
  ]
  return `${mails}: ${parts.filter(Boolean).join(', ')}`
}
