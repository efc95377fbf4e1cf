import type { Payout } from '../../../shared/finance.ts'
import { amountOf } from '../../../shared/money.ts'
import type { Ctx } from '../../context.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { StaffActor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { record } from '../../platform/events.ts'
import type { Box } from '../../platform/keyring.ts'
import { packCursor, readCursor } from '../../platform/signer.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { nobody } from '../combined-actions/index.ts'
import { maskCodes } from '../gift-cards/index.ts'
import { bookSteps } from './booking.ts'
import { bookPayment } from './changing.ts'
import { payeesSeen, payoutPaid } from './events.ts'

type State = Payout['state']

export type PayoutRow = {
  id: string
  actionId: string
  stepId: string
  shopId: string
  minor: bigint
  currency: string
  payee: Uint8Array<ArrayBuffer>
  state: State
  createdAt: Date
  paidAt: Date | null
  reference: Uint8Array | null
  orderNumber: string | null
  /** Whether the ticket that it was promised on was forgotten meanwhile. */
  isForgotten: boolean
  by: string | null
}

type Page = { state: State; cursor?: string | undefined; limit: number }

/** Money that is paid by hand, the oldest first. Whoever sees where it goes to is on record. */
export const payoutsOf = (
  ctx: Ctx,
  by: StaffActor,
  { state, cursor, limit }: Page,
): Promise<{ items: Payout[]; next: string | null }> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const list = `payouts/${tx.workspaceId}/${state}`
    const rows = await tx.$queryRaw<PayoutRow[]>(
      pageOfPayouts(tx.workspaceId, state, readCursor(ctx.signer, list, cursor), limit + 1),
    )
    const box = await ctx.keyring.box(tx)
    const items = rows.slice(0, limit).map((row) => present(box, row))
    if (items.length > 0) await record(tx, [payeesSeen({ count: items.length, state, by })])
    const last = rows.length > limit ? items.at(-1) : undefined
    return { items, next: last ? packCursor(ctx.signer, list, [last.createdAt, last.id]) : null }
  })

const COLUMNS = Prisma.sql`
  p.id::text, p.action_id::text as "actionId", p.step_id::text as "stepId", p.shop_id::text as "shopId", p.minor, p.currency, p.payee, p.state,
  p.created_at as "createdAt", p.paid_at as "paidAt", p.reference, o.name as "orderNumber", s.name as by,
  t.forgotten_at is not null as "isForgotten"`

const BESIDE = Prisma.sql`
  left join desk.shop_order o on o.workspace_id = p.workspace_id and o.id = p.order_id
  left join desk.combined_action a on a.workspace_id = p.workspace_id and a.id = p.action_id
  left join desk.ticket t on t.workspace_id = a.workspace_id and t.id = a.ticket_id
  left join desk.staff s on s.workspace_id = a.workspace_id and s.id = a.by_id`

/** The statement of one page; exported so that a test can ask PostgreSQL for its plan. */
export function pageOfPayouts(
  workspaceId: string,
  state: State,
  after: readonly unknown[] | null,
  limit: number,
): Prisma.Sql {
  const [at, id] = after ?? []
  return Prisma.sql`
    select ${COLUMNS} from (
      select * from desk.payout where workspace_id = ${workspaceId}::uuid and state = ${state}
        ${after ? Prisma.sql`and (created_at, id) > (${at}::timestamptz, ${id}::uuid)` : Prisma.empty}
      order by created_at, id limit ${limit}) p ${BESIDE}
    order by p.created_at, p.id`
}

/**
 * Finance transferred the money.
 * @throws DeskError not_found; already_done, naming what was written down before
 */
export const pay = (ctx: Ctx, by: StaffActor, payoutId: string, typed: string): Promise<Payout> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const box = await ctx.keyring.box(tx)
    const row = await lockPayout(tx, payoutId)
    if (row.state === 'paid') throw alreadyPaid(present(box, row))
    const reference = maskCodes(typed)
    const sealed = box.seal('payout.reference', payoutId, reference)
    const isForgotten = row.isForgotten || row.orderNumber === null // the order goes when its buyer is forgotten
    const payee = isForgotten ? nobody(box, payoutId) : row.payee
    await tx.payout.update({
      where: { workspaceId_id: { workspaceId: tx.workspaceId, id: payoutId } },
      data: { state: 'paid', paidAt: tx.now, paidById: by.id, reference: sealed, payee },
    })
    await bookSteps(tx, box, [row.stepId])
    await bookPayment(tx, box, row.stepId, reference)
    const { shopId, actionId, stepId, currency } = row
    await record(tx, [payoutPaid({ shopId, payoutId, actionId, stepId, minor: Number(row.minor), currency, by })])
    return present(box, { ...row, state: 'paid', paidAt: tx.now, reference: sealed, payee })
  })

async function lockPayout(tx: Tx, payoutId: string): Promise<PayoutRow> {
  const [row] = await tx.$queryRaw<PayoutRow[]>`
    select ${COLUMNS} from desk.payout p ${BESIDE}
    where p.workspace_id = ${tx.workspaceId}::uuid and p.id = ${payoutId}::uuid for update of p`
  if (!row) throw new DeskError('not_found', 'There is no such payout in this workspace.')
  return row
}

const alreadyPaid = ({ paidAt, reference }: Payout) =>
  new DeskError(
    'already_done',
    `This was marked as paid on ${paidAt?.slice(0, 10)} with the reference ${reference}. Do not pay it again.`,
  )

const present = (box: Box, row: PayoutRow): Payout => ({
  id: row.id,
  actionId: row.actionId,
  orderNumber: row.orderNumber ?? '',
  amount: amountOf({ minor: Number(row.minor), currency: row.currency }),
  payee: JSON.parse(box.openText('payout.payee', row.id, row.payee)) as Payout['payee'],
  state: row.state,
  createdAt: row.createdAt.toISOString(),
  paidAt: row.paidAt?.toISOString() ?? null,
  reference: row.reference && box.openText('payout.reference', row.id, row.reference),
  by: row.by ?? '',
})
