import { z } from 'zod'
import { GmailPaced, GmailTooFast } from '../../../clients/gmail/index.ts'
import type { Ctx } from '../../../context.ts'
import { enqueue, job } from '../../../platform/jobs.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { openMailbox } from '../mailboxes.ts'
import { rejudge } from './rejudging.ts'

/** Names of Gmail's labels by id, of one mailbox. */
export type LabelNames = ReadonlyMap<string, string>

export async function labelNamesIn(tx: Tx, mailboxId: string): Promise<LabelNames> {
  const where = { workspaceId: tx.workspaceId, mailboxId }
  const rows = await tx.mailboxLabel.findMany({ where, select: { labelId: true, name: true } })
  return new Map(rows.map(({ labelId, name }) => [labelId, name]))
}

/** Labels that Gmail makes itself are called as people see them; their ids are fixed. */
const SYSTEM: Readonly<Record<string, string>> = {
  CATEGORY_PERSONAL: 'Primary',
  CATEGORY_SOCIAL: 'Social',
  CATEGORY_PROMOTIONS: 'Promotions',
  CATEGORY_UPDATES: 'Updates',
  CATEGORY_FORUMS: 'Forums',
}

export const namesOf = (ids: readonly string[], names: LabelNames): string[] =>
  ids.flatMap((id) => [names.get(id), SYSTEM[id], id].filter((name) => name !== undefined))

/** A person's own label whose name nobody asked for yet. */
export const isUnknown = (id: string, names: LabelNames): boolean => /^Label_/.test(id) && !names.has(id)

const NAME = 'intake:read-labels'
const Request = z.object({ mailboxId: z.uuid() })

/** Of one mailbox, or of all. */
export async function enqueueReadingLabels(tx: Tx, mailboxId?: string): Promise<void> {
  const where = { workspaceId: tx.workspaceId, state: 'connected', ...(mailboxId !== undefined && { id: mailboxId }) }
  for (const { id } of await tx.mailbox.findMany({ where, select: { id: true } }))
    await enqueue(tx, { name: NAME, maxAttempts: 8 }, { mailboxId: id }, { key: `${NAME}:${id}` })
}

/** Asks Gmail what its labels are called; mails that rules ignored and that have a label new to us are judged again. */
export const readLabels = job(
  NAME,
  Request,
  async (ctx: Ctx, workspaceId, { mailboxId }) => {
    const gmail = await openMailbox(ctx, workspaceId, mailboxId, 'labels')
    const labels = await gmail.labels().catch((error: unknown) => {
      if (error instanceof GmailPaced || error instanceof GmailTooFast) return error.retryAfter ?? 60
      throw error
    })
    await inWorkspace(ctx, workspaceId, async (tx) => {
      if (typeof labels === 'number') {
        const at = new Date(tx.now.getTime() + labels * 1_000)
        await enqueue(tx, { name: NAME, maxAttempts: 8 }, { mailboxId }, { key: `${NAME}:${mailboxId}`, at })
        return
      }
      const known = await labelNamesIn(tx, mailboxId)
      const renamed = labels.filter(({ id, name }) => known.get(id) !== name).map(({ id }) => id)
      await keepNames(tx, mailboxId, labels)
      if (renamed.length > 0) await rejudge(tx, mailboxId, await ignoredWith(tx, mailboxId, renamed))
    })
  },
  { maxAttempts: 8 },
)

async function keepNames(tx: Tx, mailboxId: string, labels: readonly { id: string; name: string }[]): Promise<void> {
  const { workspaceId, now } = tx
  await tx.mailboxLabel.deleteMany({ where: { workspaceId, mailboxId } })
  await tx.mailboxLabel.createMany({
    data: labels.map(({ id, name }) => ({
      workspaceId,
      mailboxId,
      labelId: id,
      name: name.slice(0, 1_000),
      readAt: now,
    })),
  })
}

/** Mails of the list of ignored mails with one of these labels. The list is short, so it is walked by its own index. */
async function ignoredWith(tx: Tx, mailboxId: string, labelIds: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ gmailId: string; labels: string[] }[]>`
    select m.gmail_id as "gmailId", m.labels from desk.ignored_mail i
    join desk.mailbox_mail m on m.workspace_id = i.workspace_id and m.mailbox_id = i.mailbox_id and m.gmail_id = i.gmail_id
    where i.workspace_id = ${tx.workspaceId}::uuid and i.mailbox_id = ${mailboxId}::uuid limit 10000`
  return rows.filter(({ labels }) => labels.some((label) => labelIds.includes(label))).map(({ gmailId }) => gmailId)
}
