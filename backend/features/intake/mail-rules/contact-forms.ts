import type { ContactForm } from '../../../../shared/mail-rules.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { emailKey, noteChange } from '../../settings/index.ts'
import { refuseProvider, senderKey } from '../ignoring/senders.ts'

const MOST = 100

export const listForms = async (tx: Tx): Promise<ContactForm[]> => {
  const rows = await tx.$queryRaw<{ key: string; name: string | null; createdAt: Date }[]>`
    select f.key, s.name, f.created_at as "createdAt" from desk.contact_form f
    left join desk.staff s on s.workspace_id = f.workspace_id and s.id = f.by_id
    where f.workspace_id = ${tx.workspaceId}::uuid order by f.key limit ${MOST}`
  return rows.map(({ key, name, createdAt }) => ({ sender: key, by: name, since: createdAt.toISOString() }))
}

/**
 * From now on whoever is in Reply-To of this sender's mails is the customer. That is believed of listed senders only, because anybody
 * can write the header.
 */
export const addForm = (ctx: Ctx, text: string, by: Actor): Promise<boolean> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const key = senderKey(text)
    refuseProvider(key)
    const forms = await tx.contactForm.count({ where: { workspaceId: tx.workspaceId } })
    if (forms >= MOST)
      throw new DeskError('invalid_request', `There are at most ${MOST} contact forms. Remove one first.`)
    const added = await tx.$executeRaw`
      insert into desk.contact_form (workspace_id, key, by_id, created_at)
      values (${tx.workspaceId}::uuid, ${key}, ${by.kind === 'staff' ? by.id : null}::uuid, ${tx.now}) on conflict do nothing`
    if (added > 0) await note(ctx, tx, { before: null, after: { key }, by })
    return added > 0
  })

export const removeForm = (ctx: Ctx, text: string, by: Actor): Promise<boolean> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const key = emailKey(text)
    const { count } = await tx.contactForm.deleteMany({ where: { workspaceId: tx.workspaceId, key } })
    if (count > 0) await note(ctx, tx, { before: { key }, after: null, by })
    return count > 0
  })

const note = async (ctx: Ctx, tx: Tx, change: { before: unknown; after: unknown; by: Actor }): Promise<void> =>
  noteChange(tx, await ctx.keyring.box(tx), { setting: 'contact_forms', ...change })
