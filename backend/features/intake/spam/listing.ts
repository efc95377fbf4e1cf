import type { SuspectedMail } from '../../../../shared/spam.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { SEALED_AS, Suspected } from './suspecting.ts'

/** Gmail deletes spam for good after so long. */
export const SPAM_DAYS = 30
const DAY_MS = 86_400_000

export const spamSince = (now: Date): Date => new Date(now.getTime() - SPAM_DAYS * DAY_MS)

/** What Gmail holds for spam and nobody has decided about, newest first. */
export async function listSuspects(
  ctx: Ctx,
  tx: Tx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: SuspectedMail[]; next: string | null }> {
  const list = `suspected-spam/${tx.workspaceId}`
  const at = { since: spamSince(tx.now), after: readCursor(ctx.signer, list, cursor), limit: limit + 1 }
  const rows = await tx.$queryRaw<{ id: string; at: Date; mailbox: string; content: Uint8Array }[]>(
    suspectsOf(tx.workspaceId, at),
  )
  const box = await ctx.keyring.box(tx)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: items.map((row) => ({
      id: row.id,
      mailbox: row.mailbox,
      at: row.at.toISOString(),
      ...Suspected.parse(JSON.parse(box.openText(SEALED_AS, row.id, row.content))),
    })),
    next: last ? packCursor(ctx.signer, list, [last.at.toISOString(), last.id]) : null,
  }
}

/** The statement of one page; exported so that a test can ask PostgreSQL for its plan. */
export function suspectsOf(
  workspaceId: string,
  { since, after, limit }: { since: Date; after: readonly unknown[] | null; limit: number },
): Prisma.Sql {
  const [at, id] = after ?? []
  return Prisma.sql`
    select s.id::text, s.at, s.content, b.address as mailbox from (
      select id, at, content, mailbox_id from desk.suspected_mail
      where workspace_id = ${workspaceId}::uuid and state = 'suspected' and at > ${since}
        ${after ? Prisma.sql`and (at, id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
      order by at desc, id desc limit ${limit}) s
    join desk.mailbox b on b.workspace_id = ${workspaceId}::uuid and b.id = s.mailbox_id
    order by s.at desc, s.id desc`
}
