import type { Ctx } from '../../../context.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { tellOfBuyers } from '../../orders/index.ts'
import { formatNumber } from '../../tickets/index.ts'
import { keysOf } from '../customers.ts'
import { START } from '../picking.ts'
import { fieldsOfOwner } from './fields.ts'

/** Who a customer is to the desk, and what the shops hold of them. */
export const recordOf = (ctx: Ctx, workspaceId: string, customerId: string) =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      const box = await ctx.keyring.box(tx)
      const where = { workspaceId, customerId }
      const customer = await tx.customer.findUniqueOrThrow({
        where: { workspaceId_id: { workspaceId, id: customerId } },
      })
      const addresses = await tx.customerAddress.findMany({ where, select: { email: true, createdAt: true } })
      const phones = await tx.customerPhone.findMany({ where })
      const tasks = await tx.task.findMany({ where, select: { id: true, words: true, dueOn: true, doneAt: true } })
      return {
        name: customer.name,
        email: customer.email,
        since: customer.createdAt,
        addresses,
        phones: phones.map(({ phoneKey, phone }) =>
          box.openText('customer_phone.phone', `${customerId}/${phoneKey}`, phone),
        ),
        fields: await fieldsOfOwner(tx, box, customerId),
        tasks: tasks.map(({ id, words, ...rest }) => ({ ...rest, words: box.openText('task.words', id, words) })),
        ...(await tellOfBuyers(tx, box, await keysOf(tx, [customerId]))),
      }
    },
    { reads: true },
  )

export type ToldTicket = { id: string; number: string; about: Record<string, unknown> }

const AT_ONCE = 20

/** The tickets of a customer, some at a time. */
export async function* ticketsOf(ctx: Ctx, workspaceId: string, customerId: string): AsyncIterable<ToldTicket> {
  for (let after = START.id; ; ) {
    const page = await inWorkspace(ctx, workspaceId, (tx) => pageAfter(ctx, tx, customerId, after), { reads: true })
    yield* page
    const last = page.at(-1)
    if (!last || page.length < AT_ONCE) return
    after = last.id
  }
}

async function pageAfter(ctx: Ctx, tx: Tx, customerId: string, after: string): Promise<ToldTicket[]> {
  const { workspaceId } = tx
  const box = await ctx.keyring.box(tx)
  const rows = await tx.ticket.findMany({
    where: { workspaceId, customerId, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: AT_ONCE,
    select: {
      id: true,
      number: true,
      subject: true,
      status: true,
      voidReason: true,
      priority: true,
      category: true,
      tags: true,
      channel: true,
      language: true,
      createdAt: true,
      solvedAt: true,
    },
  })
  const told: ToldTicket[] = []
  for (const { id, number, solvedAt, ...about } of rows) {
    const fields = await fieldsOfOwner(tx, box, id) // a page of tickets, by primary key
    const solved = solvedAt.getTime() === 0 ? null : solvedAt
    told.push({
      id,
      number: formatNumber(number),
      about: { number: formatNumber(number), ...about, solvedAt: solved, fields },
    })
  }
  return told
}
