import type { Ctx } from '../../context.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { anyInReach, leadsInReach } from './choosing/in-reach.ts'
import type { Notice } from './notice.ts'
import { notify } from './notifying.ts'
import { peopleOf, type Recipient } from './recipients.ts'

/** Who else can look after it: people who know of it already, or, told in their own words, whoever leads. */
type Else = { aware?: readonly Recipient[]; forLeads?: Notice }

/**
 * As `notify`, for what cannot wait until somebody's shift begins: one person on duty is told now. While those whom it is for are off
 * shift, leads on duty are told too; while nobody is on duty, it comes to those whom it is for in spite of the hour. What is for nobody,
 * or for somebody who has left, is for leads.
 */
export async function notifyAtOnce(
  ctx: Ctx,
  tx: Tx,
  { people, notice }: { people: readonly Recipient[]; notice: Notice },
  { aware = [], forLeads }: Else,
): Promise<void> {
  if (await anyInReach(tx, [...people, ...aware])) return notify(ctx, tx, people, notice)
  const leads = forLeads ? await leadsInReach(tx) : []
  const evenOffShift = leads.length === 0
  await notify(ctx, tx, people, { ...notice, evenOffShift })
  if (!forLeads) return
  const isForNobody = people.length === 0 && evenOffShift
  await notify(ctx, tx, isForNobody ? await peopleOf(tx, 'supervisor') : leads, { ...forLeads, evenOffShift })
}
