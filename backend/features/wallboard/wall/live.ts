import type { Ctx } from '../../../context.ts'
import type { LiveTopic } from '../../../platform/live/hub.ts'
import { wallboardOf } from './reading.ts'
import { type Shape, wallPart } from './view.ts'

/** What moves a figure or a person; notes, searches and settings of others do not. */
const MOVES = /^(ticket|mail|reply|sla|work|break|shift|shift_swap|leave|action|staff|setting)\./

/** The wallboard, made once for all who look at it in the same shape. */
export const wallTopic = (ctx: Ctx, shape: Shape): LiveTopic => ({
  name: `wallboard/${shape}`,
  hears: ({ kinds }) => [...kinds].some((kind) => MOVES.test(kind)),
  render: async (workspaceId) => wallPart(await wallboardOf(ctx, workspaceId), shape),
})
