import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { DeskError } from '../../platform/errors.ts'
import { emailKey } from '../settings/index.ts'
import { syncOf } from './queueing.ts'

const Wake = z.object({
  emailAddress: z.string(),
  historyId: z.union([z.string().regex(/^\d+$/), z.number().transform(String)]),
})

/**
 * A push is only a wake-up: it is kept as a job and answered, and the mailbox is read from its stored position. Late, doubled and
 * strange pushes are accepted too, because Pub/Sub sends again what is refused; they cost no reading.
 * @throws DeskError unauthenticated when Google did not sign it
 */
export async function wake(
  ctx: Ctx,
  authorization: string | undefined,
  { data, messageId: pushId = null }: { data: string; messageId?: string | null | undefined },
): Promise<{ accepted: boolean }> {
  const [, token] = /^Bearer (.+)$/i.exec(authorization ?? '') ?? []
  if (!token) throw new DeskError('unauthenticated', 'A push carries a token that Google signed.')
  await ctx.googleTokens.pubSub(token)
  const wanted = readWake(data)
  const mailbox = wanted && (await mailboxOfAddress(ctx, emailKey(wanted.emailAddress)))
  if (!wanted || !mailbox) {
    ctx.log.warn({ readable: wanted !== null }, 'a push for no mailbox of ours was acknowledged')
    return { accepted: false }
  }
  await take(ctx, mailbox, { pushId, position: wanted.historyId })
  return { accepted: true }
}

/**
 * What lies behind the position that is read already, or came before word for word, wakes nobody. A push of just that position does: what
 * happened then may have been shown to us in part. Pushes come as fast as mails, so that each is one trip.
 */
async function take(
  { db }: Ctx,
  { workspaceId, mailboxId }: { workspaceId: string; mailboxId: string },
  { pushId, position }: { pushId: string | null; position: string },
): Promise<void> {
  const jobs = JSON.stringify([syncOf({ mailboxId, hint: position })])
  await db.$queryRaw`
    select app.take_push(${workspaceId}::uuid, ${mailboxId}::uuid, ${pushId}, ${position}::numeric, ${jobs}::jsonb)`
}

function readWake(data: string): z.infer<typeof Wake> | null {
  try {
    return Wake.parse(JSON.parse(Buffer.from(data, 'base64').toString('utf8')))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null
    throw error
  }
}

async function mailboxOfAddress(ctx: Ctx, address: string): Promise<{ workspaceId: string; mailboxId: string } | null> {
  const [row] = await ctx.db.$queryRaw<{ workspaceId: string | null; mailboxId: string | null }[]>`
    select workspace_id::text as "workspaceId", mailbox_id::text as "mailboxId" from app.mailbox_of_address(${address})`
  return row?.workspaceId && row.mailboxId ? { workspaceId: row.workspaceId, mailboxId: row.mailboxId } : null
}
