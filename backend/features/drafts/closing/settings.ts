import { ClosingSettings } from '../../../../shared/sending.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { maskCodes } from '../../gift-cards/index.ts'
import { noteChange } from '../../settings/index.ts'

/** Nothing closes or reminds by itself until somebody says so. */
const OFF: ClosingSettings = { closeSolved: null, remindPending: null, closeReminded: null, texts: {} }

export async function closingIn(tx: Tx): Promise<ClosingSettings> {
  const row = await tx.closingSetting.findUnique({ where: { workspaceId: tx.workspaceId } })
  return row ? ClosingSettings.parse(row) : OFF
}

/** @throws DeskError invalid_request for closing what was never reminded */
export const saveClosing = (ctx: Ctx, wish: ClosingSettings, by: Actor): Promise<ClosingSettings> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    if (wish.closeReminded !== null && wish.remindPending === null)
      throw new DeskError('invalid_request', 'Say first after how many days a customer is reminded.')
    const { workspaceId, now } = tx
    const before = await closingIn(tx)
    const texts = Object.entries(wish.texts).map(([language, text]) => [language, maskCodes(text).trim()] as const)
    const after = ClosingSettings.parse({ ...wish, texts: Object.fromEntries(texts.filter(([, text]) => text !== '')) })
    const row = { ...after, updatedAt: now }
    await tx.closingSetting.upsert({ where: { workspaceId }, create: { ...row, workspaceId }, update: row })
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'closing', before, after, by })
    return after
  })
