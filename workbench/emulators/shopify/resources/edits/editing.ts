import { gidOf, legacyId } from '../../graphql/gid.ts'
import { refused, userError } from '../../graphql/refusal.ts'
import type { Ctx, Resource } from '../../graphql/resource.ts'
import { put } from '../../store/entries.ts'
import type { EditRecord } from '../../store/records/drafts.ts'
import type { Gid } from '../../store/records/ids.ts'
import type { LineRecord } from '../../store/records/orders.ts'
import { currentQuantity, fulfilledUnits } from '../orders/quantities.ts'
import { orderById } from '../orders/visibility.ts'
import { calculatedLine, calculatedOrder } from './calculated.ts'
import { type CommitArgs, commit } from './committing.ts'
import { addedCustomItem, addedVariant, type CustomItem } from './new-lines.ts'

interface QuantityArgs {
  id: Gid
  lineItemId: Gid
  quantity: number
  restock?: boolean | null
}

interface VariantArgs {
  id: Gid
  variantId: Gid
  quantity: number
  allowDuplicates: boolean | null
}

/** https://shopify.dev/docs/apps/build/orders-fulfillment/order-management-apps/edit-orders */
export const orderEditsResource: Resource = {
  mutations: {
    orderEditBegin: (_: unknown, { id }: { id: Gid }, ctx) => begin(ctx, id),
    orderEditSetQuantity: (_: unknown, args: QuantityArgs, ctx) => {
      const edit = editById(ctx, args.id)
      return edit ? setQuantity(ctx, edit, args) : noSuchEdit()
    },
    orderEditAddVariant: (_: unknown, args: VariantArgs, ctx) => {
      const edit = editById(ctx, args.id)
      return edit ? addVariant(ctx, edit, args) : noSuchEdit()
    },
    orderEditAddCustomItem: (_: unknown, args: CustomItem & { id: Gid }, ctx) => {
      const edit = editById(ctx, args.id)
      if (!edit) return noSuchEdit()
      return args.quantity < 1 ? tooFew() : add(ctx, edit, addedCustomItem(ctx.shop, edit, args))
    },
    orderEditCommit: (_: unknown, args: CommitArgs & { id: Gid }, ctx) => {
      const edit = editById(ctx, args.id)
      return edit ? commit(ctx, edit, args) : noSuchEdit()
    },
  },
}

function begin(ctx: Ctx, id: Gid) {
  const order = orderById(ctx, id)
  if (!order) return refused(userError('id', 'The order does not exist.'))
  if (order.cancelledAt) return refused(userError('id', 'The order cannot be edited.'))
  const { shop } = ctx
  const edit = { id: shop.newGid('CalculatedOrder'), orderId: id, openedAt: shop.at(), quantities: {}, added: [] }
  return keep(ctx, edit)
}

function addVariant(ctx: Ctx, edit: EditRecord, { variantId, quantity, allowDuplicates }: VariantArgs) {
  if (quantity < 1) return tooFew()
  const { lines } = calculatedOrder(ctx, edit).after.order
  if (!allowDuplicates && lines.some((line) => line.variantId === variantId))
    return refused(userError('variantId', 'The variant is in the order already'))
  const line = addedVariant(ctx.shop, edit, variantId, quantity)
  return line ? add(ctx, edit, line) : refused(userError('variantId', 'Variant does not exist'))
}

const tooFew = () => refused(userError('quantity', 'Quantity must be greater than 0'))

function setQuantity(ctx: Ctx, edit: EditRecord, { lineItemId, quantity, restock }: QuantityArgs) {
  const { before, after } = calculatedOrder(ctx, edit)
  const line = after.order.lines.find(({ id }) => legacyId(id) === legacyId(lineItemId))
  if (!line) return refused(userError('lineItemId', 'The line item does not exist.'))
  const sent = fulfilledUnits(before, line)
  if (quantity < 0) return refused(userError('quantity', 'Quantity must be at least 0'))
  if (quantity < Math.min(sent, currentQuantity(before, line)))
    return refused(userError('quantity', 'Quantity cannot be less than what was fulfilled'))
  return keep(ctx, withQuantity(edit, line.id, quantity, restock ?? false), line.id)
}

/** A line that the edit itself brought is changed where it is kept. */
function withQuantity(edit: EditRecord, lineId: Gid, quantity: number, restock: boolean): EditRecord {
  if (!edit.added.some(({ record }) => record.id === lineId))
    return { ...edit, quantities: { ...edit.quantities, [lineId]: { quantity, restock } } }
  return {
    ...edit,
    added: edit.added.map(({ record }) => ({ record: record.id === lineId ? { ...record, quantity } : record })),
  }
}

const add = (ctx: Ctx, edit: EditRecord, line: LineRecord) =>
  keep(ctx, { ...edit, added: [...edit.added, { record: line }] }, line.id)

function keep(ctx: Ctx, edit: EditRecord, lineId?: Gid) {
  ctx.shop.commit([put('edits', edit)])
  const calculated = calculatedOrder(ctx, edit)
  const line = calculated.after.order.lines.find(({ id }) => id === lineId)
  return {
    calculatedOrder: calculated,
    calculatedLineItem: line ? calculatedLine(calculated, line) : null,
    orderEditSession: { id: gidOf('OrderEditSession', legacyId(edit.id)) },
    userErrors: [],
  }
}

const editById = ({ shop }: Ctx, id: Gid) => shop.tables.edits.get(gidOf('CalculatedOrder', legacyId(id)))

const noSuchEdit = () => refused(userError('id', 'The calculated order does not exist.'))
