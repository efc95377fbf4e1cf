import { z } from 'zod'
import type { Ctx } from '../../context.ts'
import { job } from '../../platform/jobs.ts'
import { NOTE_ORDERS, noteOrdersIn } from './noting-orders.ts'
import { sortWords } from './sorting-words.ts'

const noteOrders = job(
  NOTE_ORDERS.name,
  z.object({ messageId: z.uuid() }),
  (ctx: Ctx, workspaceId, { messageId }) => noteOrdersIn(ctx, workspaceId, messageId),
  NOTE_ORDERS,
)

export const ticketJobs = [noteOrders, sortWords]
