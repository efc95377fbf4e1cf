import { randomUUID } from 'node:crypto'
import { financeSchedule } from '../../backend/features/finance/index.ts'
import type { FinanceLine } from '../../backend/features/finance/line.ts'
import { newId } from '../../backend/platform/ids.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { exportFinance } from '../../shared/finance.ts'
import type { Money } from '../../shared/money.ts'
import type { Desk, StaffName } from './desk.ts'

/** A step that was done, as the journal leaves it behind. */
export type DoneStep = {
  shopId: string
  kind?: 'refund' | 'reship' | 'cancel' | 'gift_card'
  order?: string
  reason?: string
  amount?: Money
  customerAmount?: Money
  tax?: number
  route?: 'original' | 'store_credit' | 'payout'
  source?: string
  transactions?: {
    id: string
    status: string
    gateway: string
    parentId: string
    amount: { shop: Money; presentment: Money }
  }[]
  payee?: { name: string; account: string }
  orderId?: string
}

export type Books = ReturnType<typeof booksOf>

/** The books of a desk, with steps made by hand where no runner is needed. */
export const booksOf = (desk: Desk) => ({
  /** Writes an action with one step that was just done. */
  done: (step: DoneStep) => writeStep(desk, step),
  /** Writes many lines into the books at once, without steps. */
  many: (shopId: string, count: number, order = 'FF-many') => writeLines(desk, shopId, { count, order }),
  /** The recurring work of finance. */
  async tick() {
    await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
      for (const { job } of financeSchedule) await enqueue(tx, job, {})
    })
    await desk.settle()
  },
  /** The export of a shop, its lines by the names of their columns. */
  async lines(shopId: string, period?: string, as: StaffName = 'frank'): Promise<Record<string, string>[]> {
    const text = await exported(desk, shopId, period, as)
    return parseCsv(text)
  },
  /** The export as it came over the wire. */
  text: (shopId: string, period?: string) => exported(desk, shopId, period, 'frank'),
})

async function writeStep(desk: Desk, step: DoneStep): Promise<{ actionId: string; stepId: string; payoutId: string }> {
  const { ctx, workspaceId } = desk
  const [actionId, stepId, payoutId, orderId] = [newId(), newId(), newId(), step.orderId ?? newId()]
  const {
    shopId,
    kind = 'refund',
    order = 'FF-1001',
    reason = 'spilled',
    amount = null,
    customerAmount = amount,
  } = step
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const box = await ctx.keyring.box(tx)
    const json = (table: string, id: string, value: unknown) => box.seal(table, id, JSON.stringify(value))
    await tx.combinedAction.create({
      data: {
        workspaceId,
        id: actionId,
        draftId: randomUUID(),
        ticketId: randomUUID(),
        shopId,
        orderId,
        byId: desk.staff.nora.id,
        byRole: 'agent',
        state: 'done',
        reasonCode: reason,
        currency: amount?.currency ?? 'GBP',
        valueMinor: BigInt(amount?.minor ?? 0),
        movesMoney: true,
        causes: [],
        content: json('combined_action.content', actionId, contentOf(actionId, order)),
        createdAt: tx.now,
        shopDay: tx.now,
        endedAt: tx.now,
        steps: {
          create: {
            id: stepId,
            position: 1,
            kind,
            state: 'done',
            reasonCode: reason,
            minor: amount && BigInt(amount.minor),
            currency: amount?.currency ?? null,
            customerMinor: customerAmount && BigInt(customerAmount.minor),
            customerCurrency: customerAmount?.currency ?? null,
            taxMinor: step.tax === undefined ? null : BigInt(step.tax),
            route: step.route ?? null,
            source: step.source ?? null,
            result: step.transactions ? json('action_step.result', stepId, refundOf(step.transactions)) : null,
            doneAt: tx.now,
          },
        },
      },
    })
    if (step.payee)
      await tx.payout.create({
        data: {
          workspaceId,
          id: payoutId,
          actionId,
          stepId,
          shopId,
          orderId,
          minor: BigInt(customerAmount?.minor ?? 0),
          currency: customerAmount?.currency ?? 'GBP',
          payee: json('payout.payee', payoutId, step.payee),
          state: 'to_pay',
          createdAt: tx.now,
        },
      })
  })
  return { actionId, stepId, payoutId }
}

const AT_ONCE = 2_000

async function writeLines(
  desk: Desk,
  shopId: string,
  { count, order }: { count: number; order: string },
): Promise<void> {
  const { ctx, workspaceId } = desk
  const line = JSON.stringify(LINE(order))
  for (let written = 0; written < count; written += AT_ONCE)
    await inWorkspace(ctx, workspaceId, async (tx) => {
      const box = await ctx.keyring.box(tx)
      const rows = Array.from({ length: Math.min(AT_ONCE, count - written) }, () => {
        const id = newId(tx.now)
        return { id, line: box.seal('finance_entry.line', id, line).toString('base64') }
      })
      await tx.$executeRaw`
        insert into desk.finance_entry (workspace_id, id, shop_id, step_id, action_id, change, change_key, at, recorded_at, line)
        select ${workspaceId}::uuid, id, ${shopId}::uuid, gen_random_uuid(), gen_random_uuid(), 'done', 'done', ${tx.now}, ${tx.now}, decode(line, 'base64')
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given (id uuid, line text)`
    })
}

const LINE = (order: string): FinanceLine => ({
  order,
  step: 'refund',
  reasonCode: 'spilled',
  reason: 'Spilled or leaked',
  agent: 'Nora',
  amount: { minor: 1_234, currency: 'GBP' },
  customerAmount: { minor: 1_234, currency: 'GBP' },
  tax: { minor: 206, currency: 'GBP' },
  goods: null,
  route: 'original',
  transactions: [],
  payout: null,
  giftCard: null,
  reshipOrder: null,
})

const NOTHING = { shop: { minor: 0, currency: 'GBP' }, presentment: { minor: 0, currency: 'GBP' } }

const refundOf = (transactions: DoneStep['transactions']) => ({
  kind: 'refund',
  id: 'gid://shopify/Refund/77',
  at: '2026-11-21T10:00:00.000Z',
  amount: NOTHING,
  transactions,
})

const contentOf = (actionId: string, name: string) => ({
  plan: {
    actionId,
    input: { reason: { code: 'spilled' } },
    steps: [],
    notices: [],
    standing: { cancelled: false, refunds: [], parcels: [], lines: [] },
  },
  order: { name, customer: 'Ada', currency: 'GBP', customerCurrency: 'GBP' },
  compensation: '',
  receivers: [],
})

async function exported(desk: Desk, shopId: string, period: string | undefined, as: StaffName): Promise<string> {
  const response = await downloadAs(desk, shopId, period, as)
  if (!response.ok) throw new Error(await response.text())
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(await response.arrayBuffer())
}

/** Asks for the export over HTTP. */
export function downloadAs(desk: Desk, shopId: string, period?: string, as: StaffName = 'frank'): Promise<Response> {
  const { email } = desk.staff[as]
  const token = desk.tokenOf(email, desk.google.users.get(email).sub, 'fern.example')
  const path = exportFinance.path.replace(':shopId', shopId)
  return fetch(`${desk.url}${path}${period ? `?period=${period}` : ''}`, {
    headers: { authorization: `Bearer ${token}` },
  })
}

/** Reads CSV by RFC 4180, strictly: what is not written as the rule says fails. */
export function parseCsv(text: string): Record<string, string>[] {
  if (!text.startsWith('\ufeff')) throw new Error('The file does not begin with a byte order mark')
  const [headers = [], ...rows] = rowsOf(text.slice(1))
  return rows.map((cells) => {
    if (cells.length !== headers.length)
      throw new Error(`A line has ${cells.length} cells instead of ${headers.length}`)
    return Object.fromEntries(headers.map((header, at) => [header, cells[at] ?? '']))
  })
}

function rowsOf(text: string): string[][] {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  const rows: string[][] = []
  let row: string[] = []
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex
    const match = cell.exec(text)
    if (!match) throw new Error(`No CSV at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`)
    row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}
