import type { StepKind } from '../../../shared/combined-actions.ts'
import type { Money } from '../../../shared/money.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { Box } from '../../platform/keyring.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { labelOf, reasonsIn } from '../combined-actions/index.ts'
import { addEntries, type NewEntry } from './entries.ts'
import type { FinanceLine } from './line.ts'
import { isUndecided, movedBy, taxMoved } from './moved.ts'
import { openStep } from './steps.ts'
import { watch } from './watching.ts'

type StepRow = {
  id: string
  actionId: string
  shopId: string
  kind: StepKind
  reasonCode: string
  minor: bigint | null
  currency: string | null
  customerMinor: bigint | null
  customerCurrency: string | null
  taxMinor: bigint | null
  route: FinanceLine['route']
  source: string | null
  result: Uint8Array | null
  doneAt: Date
  content: Uint8Array
  agent: string | null
  payout: 'to_pay' | 'paid' | null
  cardLast: string | null
  reshipName: string | null
}

/** Books steps that are done, in the order in which they were; those that are in the books already are left as they are. */
export async function bookSteps(tx: Tx, box: Box, stepIds: readonly string[]): Promise<void> {
  const rows = await doneSteps(tx, stepIds)
  if (rows.length === 0) return
  const labels = new Map((await reasonsIn(tx)).map((reason) => [reason.id, labelOf(reason)]))
  const entries = rows.map((row) => entryOf(row, box, labels))
  await addEntries(tx, box, entries)
  await watch(
    tx,
    entries.flatMap((entry, at) => {
      const refund = rows[at]?.source?.match(/^refund\/(\d+)$/)?.[1]
      return refund && entry.line.transactions.some(isUndecided)
        ? [{ stepId: entry.stepId, shopId: entry.shopId, refundId: BigInt(refund) }]
        : []
    }),
  )
}

const inTheBooks = Prisma.sql`exists (
  select from desk.finance_entry e where e.workspace_id = s.workspace_id and e.step_id = s.id and e.change_key = 'done')`

const doneSteps = (tx: Tx, stepIds: readonly string[]): Promise<StepRow[]> =>
  tx.$queryRaw<StepRow[]>`
    select s.id::text, s.action_id::text as "actionId", a.shop_id::text as "shopId", s.kind, s.reason_code as "reasonCode", s.minor, s.currency,
      s.customer_minor as "customerMinor", s.customer_currency as "customerCurrency", s.tax_minor as "taxMinor", s.route, s.source, s.result,
      s.done_at as "doneAt", a.content, p.name as agent, pay.state as payout, g.last as "cardLast", o.name as "reshipName"
    from desk.action_step s
    join desk.combined_action a on a.workspace_id = s.workspace_id and a.id = s.action_id
    left join desk.staff p on p.workspace_id = a.workspace_id and p.id = a.by_id
    left join desk.payout pay on pay.workspace_id = s.workspace_id and pay.step_id = s.id
    left join desk.gift_card_issue g on g.workspace_id = s.workspace_id and g.shop_id = a.shop_id and s.source ~ '^gift_card/[0-9]+$'
      and g.shopify_id = substring(s.source from '[0-9]+$')::bigint
    left join desk.shop_order o on o.workspace_id = s.workspace_id and o.shop_id = a.shop_id and s.kind = 'reship' and s.source ~ '^order/[0-9]+$'
      and o.shopify_id = substring(s.source from '[0-9]+$')::bigint
    where s.workspace_id = ${tx.workspaceId}::uuid and s.id = any(${[...stepIds]}::uuid[]) and s.state = 'done'
      and s.done_at is not null and not ${inTheBooks}
    order by s.done_at, s.position`

function entryOf(row: StepRow, box: Box, labels: ReadonlyMap<string, string>): NewEntry {
  const { id: stepId, actionId, shopId, doneAt: at } = row
  return { shopId, stepId, actionId, change: 'done', key: 'done', at, line: lineOf(row, box, labels) }
}

function lineOf(row: StepRow, box: Box, labels: ReadonlyMap<string, string>): FinanceLine {
  const { order, transactions, reshipOrder } = openStep(box, row)
  const value = money(row.minor, row.currency)
  const moved = movedBy(transactions)
  const tax = money(row.taxMinor, row.currency)
  return {
    order,
    step: row.kind,
    reasonCode: row.reasonCode,
    reason: labels.get(row.reasonCode) ?? row.reasonCode,
    agent: row.agent ?? '',
    amount: row.kind === 'reship' ? null : (moved?.shop ?? value),
    customerAmount:
      row.kind === 'reship' ? null : (moved?.presentment ?? money(row.customerMinor, row.customerCurrency) ?? value),
    tax: tax && taxMoved(tax, transactions),
    goods: row.kind === 'reship' ? value : null,
    route: row.route,
    transactions,
    payout: row.payout && { state: 'to_pay', reference: null },
    giftCard: row.cardLast === null ? null : { last: row.cardLast, state: 'issued' },
    reshipOrder: row.kind === 'reship' ? (reshipOrder ?? row.reshipName) : null,
  }
}

const money = (minor: bigint | null, currency: string | null): Money | null =>
  minor === null || currency === null ? null : { minor: Number(minor), currency }

/** Steps that were done in a time and are not in the books, for whatever reason; oldest first. */
export const unbooked = (tx: Tx, from: Date, until: Date, limit: number): Promise<{ id: string }[]> =>
  tx.$queryRaw<{ id: string }[]>`
    select s.id::text from desk.action_step s
    where s.workspace_id = ${tx.workspaceId}::uuid and s.state = 'done' and s.done_at >= ${from} and s.done_at < ${until}
      and not ${inTheBooks}
    order by s.done_at limit ${limit}`
