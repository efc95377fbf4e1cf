import { z } from 'zod'
import { ShopifySchemaChanged } from '../failures.ts'
import { Holding } from '../reading/fulfilment.ts'
import { Line } from '../reading/line.ts'
import { BulkOrder, presentOrder } from '../reading/order.ts'
import type { ShopOrder } from '../shop-order.ts'

/** `order` is null as soon as something in it cannot be read. */
type Open = {
  id: string
  order: z.output<typeof BulkOrder> | null
  lines: ShopOrder['lines']
  holds: ShopOrder['holds']
}

/** Hears of an order that cannot be read; unless it throws, the file goes on without that order. */
export type Unreadable = (gid: string, error: ShopifySchemaChanged) => void

const Root = z.object({ id: z.string() })
const Child = z.object({ id: z.string(), __parentId: z.string() })

/**
 * Puts orders together from the lines of a bulk file, one at a time: the children of an order follow it.
 * @throws ShopifySchemaChanged when the file is not what we asked for
 */
export async function* assembled(
  lines: AsyncIterable<unknown>,
  unreadable: Unreadable = refuse,
): AsyncGenerator<ShopOrder> {
  let open: Open | null = null
  for await (const line of lines) {
    const child = Child.safeParse(line)
    if (child.success) {
      if (open?.id !== child.data.__parentId) throw new ShopifySchemaChanged('the order of lines in a bulk file')
      adopt(open, child.data.id, line, unreadable)
    } else {
      if (open) yield* closed(open)
      open = begun(line, unreadable)
    }
  }
  if (open) yield* closed(open)
}

const refuse: Unreadable = (_gid, error) => {
  throw error
}

function begun(line: unknown, unreadable: Unreadable): Open {
  const { id } = read(Root, line)
  const open: Open = { id, order: null, lines: [], holds: [] }
  attempt(open, unreadable, () => {
    open.order = read(BulkOrder, line)
  })
  return open
}

function adopt(open: Open, id: string, line: unknown, unreadable: Unreadable): void {
  if (open.order === null) return
  attempt(open, unreadable, () => {
    if (id.startsWith('gid://shopify/LineItem/')) open.lines.push(read(Line, line))
    else if (id.startsWith('gid://shopify/FulfillmentOrder/')) open.holds.push(...read(Holding, line).fulfillmentHolds)
    else throw new ShopifySchemaChanged(`a bulk file: ${id.split('/')[3]} in an order`)
  })
}

function attempt(open: Open, unreadable: Unreadable, reading: () => void): void {
  try {
    reading()
  } catch (error) {
    if (!(error instanceof ShopifySchemaChanged)) throw error
    open.order = null
    unreadable(open.id, error)
  }
}

function* closed({ order, lines, holds }: Open): Generator<ShopOrder> {
  if (order) yield presentOrder(order, { lines, holds, refunds: order.refunds })
}

function read<T extends z.ZodType>(schema: T, line: unknown): z.output<T> {
  const parsed = schema.safeParse(line)
  if (parsed.success) return parsed.data
  throw new ShopifySchemaChanged(`a bulk file: ${parsed.error.issues[0]?.path.join('.')}`, { cause: parsed.error })
}
