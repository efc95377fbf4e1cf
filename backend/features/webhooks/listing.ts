import type { WebhookDelivery } from '../../../shared/webhooks.ts'
import type { Ctx } from '../../context.ts'
import type { Box } from '../../platform/keyring.ts'
import { packCursor, readCursor } from '../../platform/signer.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { webhookFor } from './keeping.ts'
import { type Place, sentTo } from './queries.ts'

type Query = { cursor?: string | undefined; limit: number }

/** What was sent to an address, newest first. @throws DeskError not_found */
export const deliveriesOf = (ctx: Ctx, workspaceId: string, webhookId: string, { cursor, limit }: Query) =>
  inWorkspace(
    ctx,
    workspaceId,
    async (tx) => {
      await webhookFor(tx, webhookId)
      const list = `webhook-deliveries/${webhookId}`
      const place = readCursor(ctx.signer, list, cursor) as Place | null
      const rows = await deliveriesBefore(tx, webhookId, place, limit + 1)
      const shown = rows.slice(0, limit)
      const last = rows.length > limit ? shown.at(-1) : undefined
      const box = await ctx.keyring.box(tx)
      return {
        items: shown.map((row) => presentDelivery(box, row)),
        next: last ? packCursor(ctx.signer, list, [last.createdAt.toISOString(), last.id] satisfies Place) : null,
      }
    },
    { reads: true },
  )

async function deliveriesBefore(tx: Tx, webhookId: string, place: Place | null, limit: number) {
  const ids = await tx.$queryRaw<{ id: string }[]>(sentTo(tx.workspaceId, webhookId, place, limit))
  return tx.webhookDelivery.findMany({
    where: { workspaceId: tx.workspaceId, id: { in: ids.map((row) => row.id) } },
    include: { attempts: { orderBy: { attempt: 'desc' } } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
  })
}

type Attempt = {
  attempt: number
  at: Date
  status: number | null
  problem: string | null
  ms: number
  answer: Uint8Array | null
}
type Row = { id: string; type: string; state: string; createdAt: Date; nextAt: Date; attempts: Attempt[] }

export const presentDelivery = (box: Box, { id, type, state, createdAt, nextAt, attempts }: Row): WebhookDelivery => ({
  id,
  type,
  state: state as WebhookDelivery['state'],
  createdAt: createdAt.toISOString(),
  nextAt: state === 'waiting' ? nextAt.toISOString() : null,
  attempts: attempts
    .toSorted((one, other) => other.attempt - one.attempt)
    .map(({ answer, at, problem, ...rest }) => ({
      ...rest,
      at: at.toISOString(),
      problem: problem as WebhookDelivery['attempts'][number]['problem'],
      answer: answer && box.openText('webhook_attempt.answer', `${id}/${rest.attempt}`, answer),
    })),
})
