import type { ActionView, ApprovalCause, ReasonCode, StepView } from '../../../../shared/combined-actions.ts'
import { amountOf } from '../../../../shared/money.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { openActionContent, plannedOf } from '../content.ts'
import type { ActionRow, StepRow } from '../locking.ts'
import type { ActionContent } from '../plan.ts'
import { labelOf, reasonsIn } from '../rules/reasons.ts'
import { keeperOf, mayOf } from './may.ts'

/** An action with what is sealed in it, and what its cards need of others. */
export type Shown = { action: ActionRow; content: ActionContent; view: ActionView }

/** @throws DeskError not_found */
export async function showAction(ctx: Ctx, tx: Tx, actionId: string, actor: Actor): Promise<Shown> {
  const [shown] = await showActions(ctx, tx, [actionId], actor)
  if (!shown) throw new DeskError('not_found', 'There is no such action in your workspace.')
  return shown
}

/** In the order of the ids. */
export async function showActions(ctx: Ctx, tx: Tx, ids: readonly string[], actor: Actor): Promise<Shown[]> {
  const rows = (await tx.combinedAction.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: [...ids] } },
    include: { steps: { orderBy: { position: 'asc' } } },
  })) as ActionRow[]
  if (rows.length === 0) return []
  const names = await namesOf(tx, rows)
  const reasons = await reasonsIn(tx)
  const box = await ctx.keyring.box(tx)
  return ids.flatMap((id) => {
    const action = rows.find((row) => row.id === id)
    if (!action) return []
    const content = openActionContent(box, id, action.content)
    const nameOf = (staffId: string) => names.get(staffId) ?? 'Former colleague'
    const people = { byName: nameOf(action.byId), keeperName: nameOf(keeperOf(action)) }
    return [{ action, content, view: present(box, { action, content, ...people }, reasons, actor) }]
  })
}

async function namesOf(tx: Tx, rows: readonly ActionRow[]): Promise<Map<string, string>> {
  const people = await tx.staff.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: [...new Set(rows.flatMap((row) => [row.byId, keeperOf(row)]))] } },
    select: { id: true, name: true },
  })
  return new Map(people.map(({ id, name }) => [id, name]))
}

function present(
  box: Box,
  { action, content, byName, keeperName }: Omit<Shown, 'view'> & { byName: string; keeperName: string },
  reasons: readonly ReasonCode[],
  actor: Actor,
): ActionView {
  const reason = reasons.find(({ id }) => id === action.reasonCode)
  return {
    id: action.id,
    ticketId: action.ticketId,
    orderId: action.orderId,
    orderNumber: content.order.name,
    state: action.state,
    by: { id: action.byId, name: byName },
    keeper: { id: keeperOf(action), name: keeperName },
    createdAt: action.createdAt.toISOString(),
    leavesAt: action.state === 'undoable' ? (action.leavesAt?.toISOString() ?? null) : null,
    endedAt: action.endedAt?.toISOString() ?? null,
    reason: reason ? labelOf(reason) : action.reasonCode,
    steps: action.steps.map((step) => presentStep(box, step, content)),
    causes: action.causes as ApprovalCause[],
    problem: opened(box, 'combined_action.problem_words', action.id, action.problemWords),
    may: mayOf(action, actor),
  }
}

function presentStep(box: Box, step: StepRow, content: ActionContent): StepView {
  const planned = plannedOf(content, step.kind)
  return {
    id: step.id,
    kind: step.kind,
    state: step.state,
    words: planned?.words ?? UNPLANNED[step.kind] ?? step.kind,
    problem: opened(box, 'action_step.problem_words', step.id, step.problemWords),
    amount:
      step.minor === null || step.currency === null
        ? null
        : amountOf({ minor: Number(step.minor), currency: step.currency }),
    doneAt: step.doneAt?.toISOString() ?? null,
  }
}

/** Goods are let go also when no plan said so, because an action ended early. */
const UNPLANNED: Partial<Record<StepView['kind'], string>> = { release: 'Let the warehouse send the goods' }

const opened = (box: Box, place: string, id: string, sealed: Uint8Array | null): string | null =>
  sealed && box.openText(place, id, sealed)
