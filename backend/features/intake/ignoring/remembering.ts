import { z } from 'zod'
import type { IgnoredMail } from '../../../../shared/ignored-senders.ts'
import type { Ctx } from '../../../context.ts'
import { Prisma } from '../../../generated/prisma/client.ts'
import { newId } from '../../../platform/ids.ts'
import { job } from '../../../platform/jobs.ts'
import type { Box } from '../../../platform/keyring.ts'
import { packCursor, readCursor } from '../../../platform/signer.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'

/** `rule`: what the rule that ignored it was called then. */
const Content = z.object({
  sender: z.string(),
  subject: z.string(),
  excerpt: z.string(),
  rule: z.string().nullable().default(null),
})

/** An ignored mail can be made a ticket for so long. */
export const KEPT_DAYS = 30

type Mail = z.infer<typeof Content> & {
  mailboxId: string
  gmailId: string
  key: string | null
  ruleId: string | null
  at: Date
}

/** Counts an ignored mail, and keeps what a supervisor needs to see that it was a customer's after all. */
export async function rememberIgnored(
  tx: Tx,
  box: Box,
  { mailboxId, gmailId, key, ruleId, at, ...content }: Mail,
): Promise<void> {
  const { workspaceId } = tx
  const id = newId(tx.now)
  const sealed = box.seal('ignored_mail.content', id, JSON.stringify(content))
  await tx.$executeRaw`
    with kept as (
      insert into desk.ignored_mail (workspace_id, id, mailbox_id, gmail_id, key, rule_id, at, content)
      values (${workspaceId}::uuid, ${id}::uuid, ${mailboxId}::uuid, ${gmailId}, ${key}, ${ruleId}::uuid, ${tx.now}, ${sealed})
      on conflict (workspace_id, mailbox_id, gmail_id) do nothing returning key)
    update desk.ignored_sender s set count = s.count + 1, last_at = greatest(s.last_at, ${at}::timestamptz)
    from kept where s.workspace_id = ${workspaceId}::uuid and s.key = kept.key`
}

/** What the rule was called that ignored a mail; null when its sender is on the list. */
export const ruleIn = (box: Box, id: string, content: Uint8Array): string | null =>
  Content.parse(JSON.parse(box.openText('ignored_mail.content', id, content))).rule

/** What was ignored lately, newest first. */
export async function listIgnored(
  ctx: Ctx,
  tx: Tx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: IgnoredMail[]; next: string | null }> {
  const list = `ignored-mails/${tx.workspaceId}`
  const rows = await tx.$queryRaw<{ id: string; at: Date; content: Uint8Array }[]>(
    ignoredOf(tx.workspaceId, readCursor(ctx.signer, list, cursor), limit + 1),
  )
  const box = await ctx.keyring.box(tx)
  const items = rows.slice(0, limit)
  const last = rows.length > limit ? items.at(-1) : undefined
  return {
    items: items.map((row) => ({
      id: row.id,
      at: row.at.toISOString(),
      ...Content.parse(JSON.parse(box.openText('ignored_mail.content', row.id, row.content))),
    })),
    next: last ? packCursor(ctx.signer, list, [last.at.toISOString(), last.id]) : null,
  }
}

/** The statement of one page; exported so that a test can ask PostgreSQL for its plan. */
export function ignoredOf(workspaceId: string, after: readonly unknown[] | null, limit: number): Prisma.Sql {
  const [at, id] = after ?? []
  return Prisma.sql`
    select id::text, at, content from desk.ignored_mail
    where workspace_id = ${workspaceId}::uuid ${after ? Prisma.sql`and (at, id) < (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
    order by at desc, id desc limit ${limit}`
}

const DAY_MS = 86_400_000

/** Forgets who wrote what was ignored long ago; that a mail was ignored, and why, stays with the mail's entry. */
export const forgetIgnored = job('intake:forget-ignored', z.object({}), (ctx: Ctx, workspaceId) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const at = { lt: new Date(tx.now.getTime() - KEPT_DAYS * DAY_MS) }
    await tx.ignoredMail.deleteMany({ where: { workspaceId, at } })
  }),
)
