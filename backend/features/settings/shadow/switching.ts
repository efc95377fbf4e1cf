import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../changes.ts'
import { shadowChanged } from '../events.ts'

/** Where shadow mode holds: in the whole workspace, or in mailboxes of it. */
export type Shadow = { workspace: Date | null; mailboxes: ReadonlyMap<string, Date> }

/** @returns since when it holds, and where */
export async function shadowIn(tx: Tx): Promise<Shadow> {
  const open = await tx.shadowPeriod.findMany({
    where: { workspaceId: tx.workspaceId, endedAt: null },
    select: { mailboxId: true, beganAt: true },
  })
  return {
    workspace: open.find(({ mailboxId }) => mailboxId === null)?.beganAt ?? null,
    mailboxes: new Map(open.flatMap(({ mailboxId, beganAt }) => (mailboxId === null ? [] : [[mailboxId, beganAt]]))),
  }
}

type Wish = { mailboxId: string | null; on: boolean }

/**
 * Switches shadow mode on or off, for the workspace or for one mailbox. Pressing twice changes nothing.
 * @throws DeskError not_found for a mailbox that is none
 */
export const switchShadow = (ctx: Ctx, workspaceId: string, { mailboxId, on }: Wish, by: Pick<Actor, 'kind' | 'id'>) =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    if (mailboxId !== null) await refuseUnknown(tx, mailboxId)
    const changed = await (on ? begin(tx, mailboxId) : end(tx, mailboxId))
    if (!changed) return
    await record(tx, [shadowChanged({ on, mailboxId, by })])
    const told = (is: boolean) => ({ ...(mailboxId !== null && { mailboxId }), on: is })
    const box = await ctx.keyring.box(tx)
    await noteChange(tx, box, { setting: 'shadow_mode', before: told(!on), after: told(on), by })
  })

async function refuseUnknown(tx: Tx, id: string): Promise<void> {
  const { workspaceId } = tx
  const found = await tx.mailbox.count({ where: { workspaceId, id } })
  if (found === 0) throw new DeskError('not_found', 'There is no such mailbox in this workspace.')
}

async function begin(tx: Tx, mailboxId: string | null): Promise<boolean> {
  const made = await tx.$executeRaw`
    insert into desk.shadow_period (workspace_id, id, mailbox_id, began_at)
    values (${tx.workspaceId}::uuid, ${newId(tx.now)}::uuid, ${mailboxId}::uuid, ${tx.now}) on conflict do nothing`
  return made > 0
}

async function end(tx: Tx, mailboxId: string | null): Promise<boolean> {
  const where = { workspaceId: tx.workspaceId, mailboxId, endedAt: null }
  const { count } = await tx.shadowPeriod.updateMany({ where, data: { endedAt: tx.now } })
  return count > 0
}
