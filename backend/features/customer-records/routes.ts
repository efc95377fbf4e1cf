import * as contract from '../../../shared/customers.ts'
import { fillCustomerFields, getCustomerFields } from '../../../shared/fields.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { type Route, route } from '../../platform/route.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { renameIn } from '../customers/index.ts'
import type { Place } from './cards/presses.ts'
import { documentsOf } from './documents.ts'
import { fillCustomerIn, nameOf, presentCustomerFields } from './filling.ts'
import { ordersOf } from './orders.ts'
import { showCustomer, showDocuments, showForm, showHistory, showOrders, submitForm } from './showing.ts'
import { ticketsOf } from './tickets.ts'
import { customerIn } from './viewing.ts'

const placeOf = ({ customerId }: { customerId: string }, { ticket }: { ticket?: string | undefined }): Place => ({
  customerId,
  ticketId: ticket ?? null,
})

/** A list of a customer who is there. */
const listOf = <T>(ctx: Ctx, actor: Actor, customerId: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => {
      await nameOf(tx, customerId)
      return work(tx)
    },
    { reads: true },
  )

export const customerRecordRoutes: readonly Route<Ctx>[] = [
  route(contract.getCustomer, (ctx: Ctx, { params, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => customerIn(ctx, tx, params.customerId), { reads: true }),
  ),
  route(contract.renameCustomer, (ctx: Ctx, { params, body, actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => {
      await renameIn(tx, params.customerId, body.name, actor)
      return customerIn(ctx, tx, params.customerId)
    }),
  ),
  route(contract.listCustomerTickets, (ctx: Ctx, { params: { customerId }, query, actor }) =>
    listOf(ctx, actor, customerId, (tx) => ticketsOf(ctx, tx, customerId, query)),
  ),
  route(contract.listCustomerDocuments, (ctx: Ctx, { params: { customerId }, query, actor }) =>
    listOf(ctx, actor, customerId, (tx) => documentsOf(ctx, tx, customerId, query)),
  ),
  route(contract.listCustomerOrders, (ctx: Ctx, { params: { customerId }, query, actor }) =>
    listOf(ctx, actor, customerId, (tx) => ordersOf(ctx, tx, customerId, { ...query, ticketId: null }, actor)),
  ),
  route(getCustomerFields, (ctx: Ctx, { params, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => presentCustomerFields(ctx, tx, params.customerId), { reads: true }),
  ),
  route(fillCustomerFields, (ctx: Ctx, { params, body, actor }) =>
    inWorkspace(ctx, actor.workspaceId, async (tx) => {
      await fillCustomerIn(ctx, tx, params.customerId, body.values, actor)
      return presentCustomerFields(ctx, tx, params.customerId)
    }),
  ),
  route(contract.showCustomer, (ctx: Ctx, { params, query, actor }) =>
    showCustomer(ctx, placeOf(params, query), actor),
  ),
  route(contract.showCustomerForm, (ctx: Ctx, { params, query, actor }) =>
    showForm(ctx, placeOf(params, query), actor),
  ),
  route(contract.submitCustomerForm, (ctx: Ctx, { params, query, body, actor }) =>
    submitForm(ctx, placeOf(params, query), body.fields, actor),
  ),
  route(contract.showCustomerHistory, (ctx: Ctx, { params, query, actor }) =>
    showHistory(ctx, placeOf(params, query), query.cursor, actor),
  ),
  route(contract.showCustomerOrders, (ctx: Ctx, { params, query, actor }) =>
    showOrders(ctx, placeOf(params, query), query.cursor, actor),
  ),
  route(contract.showCustomerDocuments, (ctx: Ctx, { params, query, actor }) =>
    showDocuments(ctx, placeOf(params, query), query.cursor, actor),
  ),
]
