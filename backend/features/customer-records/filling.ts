import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import type { Tx } from '../../platform/tenancy.ts'
import { lockCustomer } from '../customers/index.ts'
import { type Field, fieldsOf, fillIn, historyOf, type Owner, presentField } from '../fields/index.ts'

const ownerOf = (id: string): Owner => ({ about: 'customer', id, category: null })

/** Fills in custom fields of a customer. @throws DeskError not_found */
export async function fillCustomerIn(
  ctx: Ctx,
  tx: Tx,
  customerId: string,
  values: Readonly<Record<string, string | null>>,
  by: Actor,
): Promise<void> {
  await lockCustomer(tx, customerId)
  await fillIn(tx, { box: await ctx.keyring.box(tx), mask: ctx.mask }, ownerOf(customerId), values, by)
}

export const customerFieldsIn = async (ctx: Ctx, tx: Tx, customerId: string): Promise<Field[]> =>
  fieldsOf(tx, await ctx.keyring.box(tx), ownerOf(customerId))

/** As the API tells it. @throws DeskError not_found */
export async function presentCustomerFields(ctx: Ctx, tx: Tx, customerId: string) {
  await nameOf(tx, customerId)
  const changes = await historyOf(tx, await ctx.keyring.box(tx), customerId)
  return { items: (await customerFieldsIn(ctx, tx, customerId)).map(presentField), changes, next: null }
}

/** @throws DeskError not_found */
export async function nameOf(tx: Tx, customerId: string): Promise<string> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id: customerId } }
  const customer = await tx.customer.findUnique({ where, select: { name: true } })
  if (!customer) throw new DeskError('not_found', 'There is no such customer in your workspace.')
  return customer.name
}
