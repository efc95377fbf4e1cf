import { BULK_LIMIT, type BulkOn, type BulkWish } from '../../../../shared/bulk-acts.ts'
import { PEOPLE_AT_WORK } from '../../../../shared/roles.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import { knownCategories, tidyTag } from '../../tickets/index.ts'
import { bulkActStarted } from '../events.ts'
import { savedViewOf } from '../saved/finding.ts'
import { ticketsOf } from '../views/pages.ts'
import { heldBy } from '../views/views.ts'
import { RUN } from './queueing.ts'

/** Writes down which tickets are meant, and lets the worker do the rest. @returns the id of the act */
export async function startIn(tx: Tx, { on, wish }: { on: BulkOn; wish: BulkWish }, by: Actor): Promise<string> {
  if (by.kind !== 'staff' && by.kind !== 'key') throw new DeskError('forbidden', 'Only staff and keys act on tickets.')
  const tidy = await checkedWish(tx, wish)
  const ticketIds = 'ticketIds' in on ? await thereOf(tx, on.ticketIds) : await inView(tx, on, by)
  if (ticketIds.length === 0)
    throw new DeskError(
      'invalid_request',
      'There is no ticket that this could be done to. Choose another view, or tick some.',
    )
  const { workspaceId, now } = tx
  const id = newId(now)
  const total = ticketIds.length
  await tx.bulkAct.create({
    data: { workspaceId, id, byKind: by.kind, byId: by.id, wish: tidy, state: 'running', total, createdAt: now },
    select: { id: true },
  })
  await tx.$executeRaw`
    insert into desk.bulk_act_ticket (workspace_id, bulk_act_id, position, ticket_id, outcome)
    select ${workspaceId}::uuid, ${id}::uuid, n, ticket_id, 'planned' from unnest(${ticketIds}::uuid[]) with ordinality as chosen (ticket_id, n)`
  await record(tx, [bulkActStarted({ bulkActId: id, kind: tidy.kind, tickets: total, by })])
  await enqueue(tx, RUN, { bulkActId: id }, { key: `bulk:${id}` })
  return id
}

/** What nobody could do to any ticket is refused before it begins. */
async function checkedWish(tx: Tx, wish: BulkWish): Promise<BulkWish> {
  if (wish.kind === 'assign' && wish.assigneeId !== null) await refuseUnfit(tx, wish.assigneeId)
  if (wish.kind === 'merge') await thereOf(tx, [wish.survivorId])
  if (wish.kind === 'category' && wish.category !== null) await knownCategories(tx, [wish.category])
  if (wish.kind !== 'tag') return wish
  const [add, remove] = [tidied(wish.add), tidied(wish.remove)]
  if (add.length + remove.length === 0) throw new DeskError('invalid_request', 'Say which tags to add or to remove.')
  const both = add.find((tag) => remove.includes(tag))
  if (both) throw new DeskError('invalid_request', `«${both}» cannot be added and removed at once.`)
  return { kind: 'tag', add, remove }
}

const tidied = (tags: readonly string[]) => [...new Set(tags.map(tidyTag))].filter(Boolean)

async function refuseUnfit(tx: Tx, id: string): Promise<void> {
  const where = { workspaceId_id: { workspaceId: tx.workspaceId, id } }
  const staff = await tx.staff.findUnique({ where, select: { state: true, role: true } })
  if (!staff || staff.state === 'deactivated' || !(PEOPLE_AT_WORK as readonly string[]).includes(staff.role))
    throw new DeskError('invalid_request', 'This person does not work on tickets. Choose someone else.')
}

/** Tickets that are named; one of another workspace is none of ours. */
async function thereOf(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const wanted = [...new Set(ids)]
  const there = await tx.$queryRaw<{ id: string }[]>`
    select t.id::text from unnest(${wanted}::uuid[]) as wanted (id)
    join desk.ticket t on t.workspace_id = ${tx.workspaceId}::uuid and t.id = wanted.id`
  if (there.length < wanted.length)
    throw new DeskError(
      'not_found',
      `${wanted.length - there.length} of these tickets are not in your workspace. Nothing was done.`,
    )
  return wanted
}

async function inView(tx: Tx, { view, of }: Extract<BulkOn, { view: string }>, by: Actor): Promise<string[]> {
  const scene = { workspaceId: tx.workspaceId, me: by.id, now: tx.now }
  const saved = view === 'saved' ? await savedViewOf(tx, of ?? '', by.id) : null
  const held = heldBy({ view, of, saved }, scene)
  const rows = await tx.$queryRaw<
    { id: string }[]
  >`select t.id::text from (${ticketsOf(held, scene, null, BULK_LIMIT)}) t`
  return rows.map(({ id }) => id)
}
