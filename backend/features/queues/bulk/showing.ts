import type { BulkAct, BulkOn } from '../../../../shared/bulk-acts.ts'
import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import type { QueueName } from '../../../../shared/queues.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { readQueue } from '../reading.ts'
import { peopleIn } from '../saved/people.ts'
import { leads } from '../saved/rows.ts'
import { bulkFormCard, wishOf } from './form-card.ts'
import { progressCard } from './progress-card.ts'
import { namedIn } from './report.ts'
import { bulkActOf, presentBulk } from './rows.ts'
import { startIn } from './starting.ts'
import { undoIn } from './undoing.ts'

type Fields = PanelFields['fields']
type OfView = { view: QueueName; of: string | null; cursor?: string | undefined }

/** Tickets that a form offers to tick. */
const ON_FORM = 25

export async function showBulkFormOf(
  ctx: Ctx,
  on: OfView,
  actor: Actor,
  typed: { fields: Fields; problem: string | null } = { fields: {}, problem: null },
): Promise<PanelCard> {
  const queue = await readQueue(ctx, { ...on, limit: ON_FORM }, actor)
  const people = await inWorkspace(ctx, actor.workspaceId, peopleIn, { reads: true })
  return bulkFormCard({ queue, people, ...typed })
}

/** Begins what was chosen; what is missing comes back with everything that was chosen. */
export async function submitBulk(ctx: Ctx, on: OfView, fields: Fields, actor: Actor): Promise<PanelCard> {
  const begun = await inWorkspace(ctx, actor.workspaceId, (tx) => begin(tx, on, fields, actor))
  if ('problem' in begun) return showBulkFormOf(ctx, on, actor, { fields, problem: begun.problem })
  return showBulk(ctx, begun.id, actor)
}

/** A refusal is an answer of the same transaction: nothing was written before it. */
const begin = async (
  tx: Tx,
  on: OfView,
  fields: Fields,
  actor: Actor,
): Promise<{ id: string } | { problem: string }> => {
  try {
    return {
      id: await startIn(tx, { on: chosenOn(on, fields), wish: wishOf(fields, await survivorIn(tx, fields)) }, actor),
    }
  } catch (error) {
    if (!(error instanceof DeskError)) throw error
    return { problem: error.message }
  }
}

/** The ticket whose number was typed. */
async function survivorIn(tx: Tx, fields: Fields): Promise<string | null> {
  const [, number] = /^(?:TKT-)?(\d{1,9})$/i.exec(fields['survivor']?.[0]?.trim() ?? '') ?? []
  if (!number) return null
  const where = { workspaceId_number: { workspaceId: tx.workspaceId, number: Number(number) } }
  return (await tx.ticket.findUnique({ where, select: { id: true } }))?.id ?? null
}

function chosenOn({ view, of }: OfView, fields: Fields): BulkOn {
  if (fields['which']?.[0] === 'all') return { view, of }
  const ticketIds = fields['tickets'] ?? []
  if (ticketIds.length === 0)
    throw new DeskError('invalid_request', 'Tick at least one ticket, or choose all of this view.')
  return { ticketIds }
}

export const showBulk = (ctx: Ctx, bulkActId: string, actor: Actor): Promise<PanelCard> =>
  inWorkspace(ctx, actor.workspaceId, (tx) => bulkCard(tx, bulkActId, actor), { reads: true })

export const undoFromCard = (ctx: Ctx, bulkActId: string, actor: Actor): Promise<PanelCard> =>
  inWorkspace(ctx, actor.workspaceId, async (tx) => {
    await undoIn(tx, bulkActId, actor)
    return bulkCard(tx, bulkActId, actor)
  })

async function bulkCard(tx: Tx, bulkActId: string, actor: Actor): Promise<PanelCard> {
  const row = await bulkActOf(tx, bulkActId)
  const act = presentBulk(row, tx.now)
  return progressCard(act, await namedIn(tx, bulkActId), row.byId === actor.id || leads(actor))
}

export const viewBulk = async (tx: Tx, bulkActId: string): Promise<BulkAct> =>
  presentBulk(await bulkActOf(tx, bulkActId), tx.now)
