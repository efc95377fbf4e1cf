import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { systemOf } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { event, record } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { lockMailbox } from './mailboxes.ts'
import { enqueueSync } from './queueing.ts'

export const mailboxPauseChanged = event(
  'mailbox.pause_changed',
  z.object({ mailboxId: z.uuid(), paused: z.boolean() }),
)

/** Stops reading a mailbox, or goes on where it stopped; nothing is lost meanwhile. @throws DeskError not_found */
export const pauseMailbox = (ctx: Ctx, workspaceId: string, mailboxId: string, paused: boolean): Promise<void> =>
  inWorkspace(ctx, workspaceId, async (tx) => {
    const held = await lockMailbox(tx, mailboxId)
    if (!held) throw new DeskError('not_found', 'There is no such mailbox in this workspace.')
    if ((held.state === 'paused') === paused) return
    await tx.mailbox.update({
      where: { workspaceId_id: { workspaceId, id: mailboxId } },
      data: { state: paused ? 'paused' : 'connected' },
    })
    await record(tx, [mailboxPauseChanged({ mailboxId, paused, by: systemOf(workspaceId) })])
    if (!paused) await enqueueSync(tx, { mailboxId })
  })
