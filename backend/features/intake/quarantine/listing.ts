import type { QuarantinedMail } from '../../../../shared/quarantine.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import type { Box } from '../../../platform/keyring.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { ERROR_SEALED_AS, HELD_SEALED_AS, Held } from './holding.ts'

type Row = Pick<QuarantinedMail, 'id' | 'mailbox' | 'reason' | 'state' | 'attempts' | 'ticketId'> & {
  at: Date
  triedAt: Date
  error: Uint8Array
  content: Uint8Array
}

/** What is in quarantine, the newest first. */
export async function listHeld(ctx: Ctx, tx: Tx, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
  const list = `quarantined-mails/${tx.workspaceId}`
  const rows = await tx.$queryRaw<Row[]>(heldOf(tx.workspaceId, readCursor(ctx.signer, list, cursor), limit + 1))
  const box = await ctx.keyring.box(tx)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: items.map((row) => present(box, row)),
    next: last ? packCursor(ctx.signer, list, [last.at.toISOString(), last.id]) : null,
  }
}

/** One mail, also after it left; null when there is none. */
export async function heldIn(ctx: Ctx, tx: Tx, id: string): Promise<QuarantinedMail | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select ${COLUMNS} from desk.quarantined_mail q join desk.mailbox b on b.workspace_id = q.workspace_id and b.id = q.mailbox_id
    where q.workspace_id = ${tx.workspaceId}::uuid and q.id = ${id}::uuid`
  return row ? present(await ctx.keyring.box(tx), row) : null
}

const COLUMNS = Prisma.sql`q.id::text, b.address as mailbox, q.reason, q.state, q.attempts, q.ticket_id::text as "ticketId", q.at, q.tried_at as "triedAt",
  q.error, q.content`

/** The statement of one page; exported so that a test can ask PostgreSQL for its plan. */
export function heldOf(workspaceId: string, after: readonly unknown[] | null, limit: number): Prisma.Sql {
  const [at, id] = after ?? []
  return Prisma.sql`
    select ${COLUMNS} from (
      select * from desk.quarantined_mail where workspace_id = ${workspaceId}::uuid and state in ('held', 'trying')
        ${after ? Prisma.sql`and (at, id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
      order by at desc, id desc limit ${limit}) q
    join desk.mailbox b on b.workspace_id = ${workspaceId}::uuid and b.id = q.mailbox_id
    order by q.at desc, q.id desc`
}

function present(box: Box, { at, triedAt, error, content, ...row }: Row): QuarantinedMail {
  const { subject, name, address } = Held.parse(JSON.parse(box.openText(HELD_SEALED_AS, row.id, content)))
  return {
    ...row,
    subject,
    sender: name && address ? `${name} <${address}>` : address,
    error: box.openText(ERROR_SEALED_AS, row.id, error),
    at: at.toISOString(),
    triedAt: triedAt.toISOString(),
  }
}
