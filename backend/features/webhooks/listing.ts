import type { WebhookDelivery } from '../../../shared/webhooks.ts'
import type { Ctx } from '../../context.ts'
import type { Box } from '../../platform/keyring.ts'
import { packCursor, readCursor } from '../../platform/signer.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import { webhookFor } from './keeping.ts'

type Query = { cursor?: string | undefined; limit: number }
type Place = [createdAt: string, id: string]

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

/** Exported so that a test can look at its plan. */
export async function deliveriesBefore(tx: Tx, webhookId: string, place: Place | null, limit: number) {
  const [at, id] = place ?? ['infinity', '00000000-0000-0000-0000-000000000000']
  const ids = await tx.$queryRaw<{ id: string }[]>`
    select id::text from desk.webhook_delivery
    where workspace_id = ${tx.workspaceId}::uuid and webhook_id = ${webhookId}::uuid and (created_at, id) < (${at}::timestamptz, ${id}::uuid)
    order by created_at desc, id desc limit ${limit}`
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
