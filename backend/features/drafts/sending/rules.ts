import { SendingRule } from '../../../../shared/sending.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { noteChange } from '../../settings/index.ts'

/** What happens after sending when nobody chose, by category. */
export async function sendingRulesIn(tx: Tx): Promise<SendingRule[]> {
  const rows = await tx.sendingDefault.findMany({
    where: { workspaceId: tx.workspaceId },
    orderBy: { category: 'asc' },
    select: { category: true, kind: true, hours: true },
  })
  return rows.map((row) => SendingRule.parse(row))
}

/** All of them anew. @throws DeskError invalid_request for a category that is named twice, or hours without an open answer */
export const writeSendingRules = (ctx: Ctx, rules: readonly SendingRule[], by: Actor): Promise<SendingRule[]> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    refuseMuddle(rules)
    const before = await sendingRulesIn(tx)
    const { workspaceId } = tx
    await tx.sendingDefault.deleteMany({ where: { workspaceId } })
    await tx.sendingDefault.createMany({ data: rules.map((rule) => ({ ...rule, workspaceId })) })
    const after = await sendingRulesIn(tx)
    await noteChange(tx, await ctx.keyring.box(tx), { setting: 'after_sending', before, after, by })
    return after
  })

function refuseMuddle(rules: readonly SendingRule[]): void {
  if (new Set(rules.map(({ category }) => category)).size < rules.length)
    throw new DeskError('invalid_request', 'A category is named twice. Give each one rule.')
  if (rules.some(({ kind, hours }) => hours !== null && kind !== 'keep'))
    throw new DeskError('invalid_request', 'Hours only go with «Keep open»: there alone an answer is still owed.')
}
