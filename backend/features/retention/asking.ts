import type { ErasureReason, ForgettingRun } from '../../../shared/retention.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { lockCustomer } from '../customers/index.ts'
import { emailKey } from '../settings/index.ts'
import { formatNumber } from '../tickets/index.ts'
import { keysOf } from './customers.ts'
import { isHeld } from './holding.ts'
import { presentRound, startRound } from './rounds.ts'

type Wish = { customerId: string; reason: ErasureReason; confirmation: string }

/**
 * Has a customer forgotten.
 * @throws DeskError not_found; needs_confirmation when something else was typed than the address; in_progress while an action or a mail of
 * theirs is under way; forbidden for what is held by law
 */
export const askForErasure = (
  ctx: Ctx,
  { customerId, reason, confirmation }: Wish,
  by: Actor,
): Promise<ForgettingRun> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { name } = await lockCustomer(tx, customerId)
    await refuseUnconfirmed(tx, customerId, name, confirmation)
    await refuseHeld(tx, customerId)
    await refuseUnsettled(tx, customerId)
    return presentRound(await startRound(tx, { kind: 'erasure', mode: 'delete', customerId, reason, before: null, by }))
  })

async function refuseUnconfirmed(tx: Tx, customerId: string, name: string, typed: string): Promise<void> {
  const keys = await keysOf(tx, [customerId])
  const isRight = keys.length > 0 ? keys.includes(emailKey(typed)) : typed.trim() === name
  if (isRight) return
  const what = keys.length > 0 ? 'an address of this customer' : 'the name of this customer'
  throw new DeskError('needs_confirmation', `Type ${what} to confirm. What is erased cannot be brought back.`)
}

async function refuseHeld(tx: Tx, customerId: string): Promise<void> {
  const [held] = await tx.$queryRaw<{ number: number }[]>`
    select t.number from desk.ticket t join desk.legal_hold h on h.workspace_id = t.workspace_id and h.subject_id = t.id and h.lifted_at is null
    where t.workspace_id = ${tx.workspaceId}::uuid and t.customer_id = ${customerId}::uuid limit 1`
  if (held) throw new DeskError('forbidden', `Ticket ${formatNumber(held.number)} is held by law. Lift the hold first.`)
  if (await isHeld(tx, [customerId]))
    throw new DeskError('forbidden', 'This customer is held by law. Lift the hold first.')
}

/** What holds an erasure up, and what a person does about it. */
const UNDER_WAY: Readonly<Record<string, readonly [what: string, wish: string]>> = {
  waiting_approval: ['An action', 'waits for approval. Have it approved or declined; then erase.'],
  undoable: ['An action', 'is under way. Let it end, or take it back; then erase.'],
  running: ['An action', 'is under way. Let it end; then erase.'],
  parked: ['An action', 'stands still before its end. Go on with it or stop it; then erase.'],
  request: ['An answer or a request', 'is under way. Let it end, or stop it; then erase.'],
}

/** Actions first: their requests are under way, too, and say less. */
async function refuseUnsettled(tx: Tx, customerId: string): Promise<void> {
  const [open] = await tx.$queryRaw<{ number: number; state: string }[]>`
    select t.number, a.state, 1 as place from desk.ticket t join desk.combined_action a on a.workspace_id = t.workspace_id and a.ticket_id = t.id
      and a.state in ('waiting_approval', 'undoable', 'running', 'parked')
    where t.workspace_id = ${tx.workspaceId}::uuid and t.customer_id = ${customerId}::uuid
    union all
    select t.number, 'request', 2 from desk.ticket t join desk.journal_entry e on e.workspace_id = t.workspace_id and e.ticket_id = t.id
      and e.state in ('planned', 'running', 'waiting', 'unknown')
    where t.workspace_id = ${tx.workspaceId}::uuid and t.customer_id = ${customerId}::uuid order by place, number limit 1`
  const [what, wish] = (open && UNDER_WAY[open.state]) ?? []
  if (open) throw new DeskError('in_progress', `${what} on ${formatNumber(open.number)} ${wish}`)
}
