import { CustomerName } from '../../../shared/customers.ts'
import type { PanelCard, PanelFields } from '../../../shared/panel.ts'
import { PEOPLE_AT_WORK } from '../../../shared/roles.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { DeskError } from '../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { lockCustomer, renameIn } from '../customers/index.ts'
import { typedValues } from '../fields/index.ts'
import { customerCard } from './cards/customer-card.ts'
import { customerForm } from './cards/customer-form.ts'
import { documentsCard } from './cards/documents-card.ts'
import { historyCard, ordersCard } from './cards/history-card.ts'
import type { Place } from './cards/presses.ts'
import { documentsOf } from './documents.ts'
import { customerFieldsIn, fillCustomerIn, nameOf } from './filling.ts'
import { ordersOf } from './orders.ts'
import { ticketsOf } from './tickets.ts'
import { customerIn } from './viewing.ts'

type Typed = PanelFields['fields']
type Older = string | undefined

const TICKETS_ON_CARD = 15
const ORDERS_ON_CARD = 5
const ORDERS_ON_OWN_CARD = 20
const DOCUMENTS_ON_CARD = 20

const AT_WORK: readonly string[] = PEOPLE_AT_WORK
const mayWork = (actor: Actor): boolean => actor.kind === 'staff' && AT_WORK.includes(actor.role)

const reading = <T>(ctx: Ctx, actor: Actor, work: (tx: Tx) => Promise<T>): Promise<T> =>
  inWorkspace(ctx, actor.workspaceId, work, { reads: true })

export const showCustomer = (ctx: Ctx, place: Place, actor: Actor): Promise<PanelCard> =>
  reading(ctx, actor, (tx) => drawCustomer(ctx, tx, place, actor, null))

async function drawCustomer(ctx: Ctx, tx: Tx, place: Place, actor: Actor, say: string | null): Promise<PanelCard> {
  const customer = await customerIn(ctx, tx, place.customerId)
  const fields = await customerFieldsIn(ctx, tx, place.customerId)
  return customerCard(customer, fields, place, { mayWork: mayWork(actor), say })
}

export const showForm = (ctx: Ctx, place: Place, actor: Actor): Promise<PanelCard> =>
  reading(ctx, actor, (tx) => drawForm(ctx, tx, place, { typed: {}, problem: null }))

async function drawForm(
  ctx: Ctx,
  tx: Tx,
  place: Place,
  drawn: { typed: Typed; problem: string | null },
): Promise<PanelCard> {
  const customer = await customerIn(ctx, tx, place.customerId)
  return customerForm(customer, await customerFieldsIn(ctx, tx, place.customerId), place, drawn)
}

/** Saves the form, or shows it again with the reason; what is wrong is found before anything is written. */
export const submitForm = (ctx: Ctx, place: Place, typed: Typed, by: Actor): Promise<PanelCard> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const { name } = await lockCustomer(tx, place.customerId)
    const values = typedValues(await customerFieldsIn(ctx, tx, place.customerId), typed)
    try {
      const wanted = nameIn(typed['name']?.[0] ?? name)
      await fillCustomerIn(ctx, tx, place.customerId, values, by)
      await renameIn(tx, place.customerId, wanted, by)
    } catch (error) {
      if (!(error instanceof DeskError)) throw error
      return drawForm(ctx, tx, place, { typed, problem: error.message })
    }
    return drawCustomer(ctx, tx, place, by, 'Saved')
  })

/** @throws DeskError invalid_request */
function nameIn(text: string): string {
  const name = CustomerName.safeParse(text)
  if (!name.success) throw new DeskError('invalid_request', name.error.issues[0]?.message ?? 'Write a name.')
  return name.data
}

export const showHistory = (ctx: Ctx, place: Place, cursor: Older, actor: Actor): Promise<PanelCard> =>
  reading(ctx, actor, async (tx) => {
    const { customerId, ticketId } = place
    const tickets = await ticketsOf(ctx, tx, customerId, { cursor, limit: TICKETS_ON_CARD })
    const orders = cursor ? null : await ordersOf(ctx, tx, customerId, { ticketId, limit: ORDERS_ON_CARD }, actor)
    return historyCard(await nameOf(tx, customerId), { tickets, orders }, place)
  })

export const showOrders = (ctx: Ctx, place: Place, cursor: Older, actor: Actor): Promise<PanelCard> =>
  reading(ctx, actor, async (tx) =>
    ordersCard(
      await nameOf(tx, place.customerId),
      await ordersOf(ctx, tx, place.customerId, { cursor, ticketId: place.ticketId, limit: ORDERS_ON_OWN_CARD }, actor),
      place,
    ),
  )

export const showDocuments = (ctx: Ctx, place: Place, cursor: Older, actor: Actor): Promise<PanelCard> =>
  reading(ctx, actor, async (tx) =>
    documentsCard(
      await nameOf(tx, place.customerId),
      await documentsOf(ctx, tx, place.customerId, { cursor, limit: DOCUMENTS_ON_CARD }),
      place,
    ),
  )
