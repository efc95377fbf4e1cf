import type { MailCertificate, MailDifference } from '../../../../shared/certificates.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { GONE } from '../storing.ts'
import { NAMED_AS, namedIn } from './taking-in.ts'

type Wish = { cursor?: string | undefined; limit: number }
type Page<T> = { items: T[]; next: string | null }

type Row = Omit<MailCertificate, 'at' | 'from' | 'to'> & { at: Date; from: Date; to: Date }

/** Counts of all mailboxes, the newest first. */
export async function listCertificates(ctx: Ctx, tx: Tx, { cursor, limit }: Wish): Promise<Page<MailCertificate>> {
  const list = `mail-certificates/${tx.workspaceId}`
  const rows = await tx.$queryRaw<Row[]>(
    certificatesOf(tx.workspaceId, readCursor(ctx.signer, list, cursor), limit + 1),
  )
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: items.map(present),
    next: last ? packCursor(ctx.signer, list, [last.id]) : null,
  }
}

/** One of them; null when there is none. */
export async function certificateIn(tx: Tx, id: string): Promise<MailCertificate | null> {
  const [row] = await tx.$queryRaw<
    Row[]
  >`${COLUMNS} where c.workspace_id = ${tx.workspaceId}::uuid and c.id = ${id}::uuid`
  return row ? present(row) : null
}

const COLUMNS = Prisma.sql`
  select c.id::text, c.mailbox_id::text as "mailboxId", b.address as mailbox, c.kind, c.at, c.from_at as "from", c.to_at as "to", c.listed, c.outcomes,
    c.late, c.missing, c.unended
  from desk.intake_certificate c join desk.mailbox b on b.workspace_id = c.workspace_id and b.id = c.mailbox_id`

/** The statement of one page, newest first: ids grow with the time at which a count began. */
export function certificatesOf(workspaceId: string, after: readonly unknown[] | null, limit: number): Prisma.Sql {
  const [id] = after ?? []
  return Prisma.sql`${COLUMNS} where c.workspace_id = ${workspaceId}::uuid
    ${after ? Prisma.sql`and c.id < ${id}::uuid` : Prisma.empty}
    order by c.id desc limit ${limit}`
}

const present = (row: Row): MailCertificate => ({
  ...row,
  at: row.at.toISOString(),
  from: row.from.toISOString(),
  to: row.to.toISOString(),
})

type Difference = Pick<MailDifference, 'gmailId' | 'kind' | 'outcome' | 'ticketId'> & {
  state: string
  content: Uint8Array | null
}

/** The mails of a certificate that had no outcome, by id. */
export async function listDifferences(
  ctx: Ctx,
  tx: Tx,
  certificateId: string,
  { cursor, limit }: Wish,
): Promise<Page<MailDifference>> {
  const list = `mail-differences/${tx.workspaceId}/${certificateId}`
  const [after] = readCursor(ctx.signer, list, cursor) ?? []
  const rows = await tx.$queryRaw<Difference[]>(
    differencesOf(tx.workspaceId, { certificateId, after: typeof after === 'string' ? after : '', limit: limit + 1 }),
  )
  const box = await ctx.keyring.box(tx)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: items.map(({ content, state, ...row }) => {
      const named = content ? namedIn(box.openText(NAMED_AS, `${certificateId}/${row.gmailId}`, content)) : null
      return { ...row, asked: state === 'asked', from: named?.from ?? null, subject: named?.subject ?? null }
    }),
    next: last ? packCursor(ctx.signer, list, [last.gmailId]) : null,
  }
}

export const differencesOf = (
  workspaceId: string,
  { certificateId, after, limit }: { certificateId: string; after: string; limit: number },
): Prisma.Sql => Prisma.sql`
  select d.gmail_id as "gmailId", d.kind, d.state, d.content, case when m.state = 'ended' and m.reason is distinct from ${GONE} then m.outcome end as outcome, g.ticket_id::text as "ticketId"
  from (
    select workspace_id, mailbox_id, gmail_id, kind, state, content from desk.intake_difference
    where workspace_id = ${workspaceId}::uuid and certificate_id = ${certificateId}::uuid and gmail_id > ${after}
    order by gmail_id limit ${limit}) d
  left join desk.mailbox_mail m on m.workspace_id = d.workspace_id and m.mailbox_id = d.mailbox_id and m.gmail_id = d.gmail_id
  left join desk.message g on g.workspace_id = d.workspace_id and g.id = m.message_id
  order by d.gmail_id`
