import { z } from 'zod'
import { ShopifySchemaChanged } from '../failures.ts'
import { Holding } from '../reading/fulfilment.ts'
import { Line } from '../reading/line.ts'
import { BulkOrder, presentOrder } from '../reading/order.ts'
import type { ShopOrder } from '../shop-order.ts'

type Open = { order: z.output<typeof BulkOrder>; lines: ShopOrder['lines']; holds: ShopOrder['holds'] }

const Child = z.object({ id: z.string(), __parentId: z.string() })

/**
 * Puts orders together from the lines of a bulk file, one at a time: the children of an order follow it.
 * @throws ShopifySchemaChanged when the file is not what we asked for
 */
export async function* assembled(lines: AsyncIterable<unknown>): AsyncGenerator<ShopOrder> {
  let open: Open | null = null
  for await (const line of lines) {
    const child = Child.safeParse(line)
    if (child.success) {
      if (open?.order.id !== child.data.__parentId) throw new ShopifySchemaChanged('the order of lines in a bulk file')
      adopt(open, child.data.id, line)
    } else {
      if (open) yield closed(open)
      open = { order: read(BulkOrder, line), lines: [], holds: [] }
    }
  }
  if (open) yield closed(open)
}

function adopt(open: Open, id: string, line: unknown): void {
  if (id.startsWith('gid://shopify/LineItem/')) open.lines.push(read(Line, line))
  else if (id.startsWith('gid://shopify/FulfillmentOrder/')) open.holds.push(...read(Holding, line).fulfillmentHolds)
  else throw new ShopifySchemaChanged(`a bulk file: ${id.split('/')[3]} in an order`)
}

const closed = ({ order, lines, holds }: Open) => presentOrder(order, { lines, holds, refunds: order.refunds })

function read<T extends z.ZodType>(schema: T, line: unknown): z.output<T> {
  const parsed = schema.safeParse(line)
  if (parsed.success) return parsed.data
  throw new ShopifySchemaChanged(`a bulk file: ${parsed.error.issues[0]?.path.join('.')}`, { cause: parsed.error })
}
