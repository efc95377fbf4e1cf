import type { StepKind } from '../../../../shared/combined-actions.ts'
import { OPEN_STATES } from '../../../../shared/combined-actions.ts'
import type { Box } from '../../../platform/keyring.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { bookTransactions } from '../changing.ts'
import { lockBooked } from '../entries.ts'
import type { KnownStep } from './comparing.ts'
import type { Effect } from './effects.ts'

type Row = Omit<KnownStep, 'booked'> & { kind: StepKind }

/** The steps that bear these marks, by `action:kind`; those that are not known here are missing. */
export async function knownSteps(
  tx: Tx,
  effects: readonly Pick<Effect, 'actionId' | 'kind'>[],
): Promise<Map<string, Row>> {
  if (effects.length === 0) return new Map()
  const rows = await tx.$queryRaw<Row[]>`
    select s.id::text as "stepId", s.action_id::text as "actionId", s.kind, s.state, s.source, a.order_id::text as "orderId",
      a.state = any(${[...OPEN_STATES]}) as open, g.state as "cardState"
    from desk.action_step s join desk.combined_action a on a.workspace_id = s.workspace_id and a.id = s.action_id
    left join desk.gift_card_issue g on g.workspace_id = s.workspace_id and g.shop_id = a.shop_id and s.source ~ '^gift_card/[0-9]+$'
      and g.shopify_id = substring(s.source from '[0-9]+$')::bigint
    where s.workspace_id = ${tx.workspaceId}::uuid and s.action_id = any(${effects.map(({ actionId }) => actionId)}::uuid[])`
  return new Map(rows.map((row) => [keyOf(row), row]))
}

export const keyOf = ({ actionId, kind }: Pick<Effect, 'actionId' | 'kind'>): string => `${actionId}:${kind}`

/** What the books say of a step, once they know what Shopify says of its money now. */
export async function withBooks(tx: Tx, box: Box, row: Row, effect: Effect): Promise<KnownStep> {
  if (row.state !== 'done') return { ...row, booked: null }
  if (effect.transactions.length > 0 && effect.source === row.source)
    await bookTransactions(tx, box, row.stepId, effect.transactions)
  const booked = await lockBooked(tx, box, row.stepId)
  return { ...row, booked: (effect.kind === 'gift_card' ? booked?.first.amount : booked?.total) ?? null }
}
