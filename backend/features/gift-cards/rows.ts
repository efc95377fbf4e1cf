import type { z } from 'zod'
import type { GIFT_CARD_STATES, IssuedGiftCard } from '../../../shared/gift-cards.ts'
import { amountOf } from '../../../shared/money.ts'
import { Prisma } from '../../generated/prisma/client.ts'
import type { EntryState } from '../../platform/journal.ts'
import type { Box } from '../../platform/keyring.ts'
import { workOf } from './work.ts'

export type LogRow = {
  id: string
  shopId: string
  shopName: string
  state: (typeof GIFT_CARD_STATES)[number]
  last: string
  code: Uint8Array | null
  minor: bigint
  currency: string
  balanceMinor: bigint | null
  expiresOn: Date | null
  reason: string
  staffName: string | null
  byName: Uint8Array | null
  ticketId: string | null
  orderNumber: string | null
  createdAt: Date
  issuedAt: Date | null
  replacedById: string | null
  imported: boolean
  workKind: string | null
  workState: EntryState | null
  workWords: string | null
}

/** Lines of the log with everything that is shown of them. @param cards a sub-select of the table; keeps no order */
export const logRows = (cards: Prisma.Sql): Prisma.Sql => Prisma.sql`
  select g.id::text, g.shop_id::text as "shopId", s.name as "shopName", g.state, g.last, g.code, g.minor, g.currency, c.balance_minor as "balanceMinor",
    g.expires_on as "expiresOn", g.reason_code as reason, st.name as "staffName", g.by_name as "byName", g.ticket_id::text as "ticketId",
    coalesce(o.name, g.order_name) as "orderNumber", g.created_at as "createdAt", g.issued_at as "issuedAt", g.replaced_by_id::text as "replacedById",
    g.import_key is not null as imported, j.kind as "workKind", j.state as "workState", j.refusal as "workWords"
  from (${cards}) g
  join desk.shop s on s.workspace_id = g.workspace_id and s.id = g.shop_id
  left join desk.staff st on st.workspace_id = g.workspace_id and st.id = g.by_id
  left join desk.shop_order o on o.workspace_id = g.workspace_id and o.id = g.order_id
  left join desk.shop_gift_card c on c.workspace_id = g.workspace_id and c.shop_id = g.shop_id and c.shopify_id = g.shopify_id
  left join desk.journal_entry j on j.workspace_id = g.workspace_id and j.id = g.work_id`

export const presentRow = (box: Box, row: LogRow): z.input<typeof IssuedGiftCard> => {
  const money = (minor: bigint) => amountOf({ minor: Number(minor), currency: row.currency })
  return {
    id: row.id,
    shop: { id: row.shopId, name: row.shopName },
    state: row.state,
    last: row.last,
    amount: money(row.minor),
    balance: row.balanceMinor === null ? null : money(row.balanceMinor),
    expiresOn: row.expiresOn?.toISOString().slice(0, 10) ?? null,
    reason: row.reason,
    by: row.staffName ?? (row.byName ? box.openText('gift_card_issue.by_name', row.id, row.byName) : 'Sidedesk'),
    ticketId: row.ticketId,
    orderNumber: row.orderNumber,
    issuedAt: row.issuedAt?.toISOString() ?? null,
    replacedById: row.replacedById,
    imported: row.imported,
    work: workIn(row),
  }
}

function workIn({ workKind, workState, workWords }: LogRow): z.input<typeof IssuedGiftCard>['work'] {
  const what = workKind === null ? undefined : workOf(workKind)
  return what && workState ? { what, state: STATES[workState], words: workWords } : null
}

const STATES = {
  planned: 'waiting',
  running: 'waiting',
  waiting: 'waiting',
  unknown: 'waiting',
  done: 'done',
  refused: 'refused',
  needs_person: 'unclear',
} as const satisfies Record<EntryState, string>
