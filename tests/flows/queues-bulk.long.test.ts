import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { type BulkAct, type BulkWish, createBulkAct, getBulkAct, undoBulkAct } from '../../shared/bulk-acts.ts'
import { createTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
let survivorId: string

/** A thousand open tickets and a few more, of one customer, each with a mail, beside one that others go into. */
beforeAll(async () => {
  desk = await startDesk()
  const mail = { messageId: '<first@ada.example>', subject: 'First', from: 'ada@ada.example', text: 'Jar' }
  const sentAt = desk.clock.now()
  const first = await desk.as('nora').call(createTicket, { body: { ...mail, sentAt: sentAt.toISOString() } })
  survivorId = first.id
  const about = { workspaceId: desk.workspaceId, createdAt: sentAt }
  const ids = Array.from({ length: 1_005 }, (_, n) => `01890000-0000-7000-8000-${String(n).padStart(12, '0')}`)
  const ticket = {
    customerId: first.customer.id,
    status: 'open',
    tags: ['many'],
    queueAt: sentAt,
    lastMessageAt: sentAt,
  }
  const nothing = Buffer.from([0])
  const message = {
    direction: 'in',
    authorKind: 'customer',
    sentAt,
    envelope: nothing,
    excerpt: nothing,
    body: nothing,
  }
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await tx.ticket.createMany({
      data: ids.map((id, n) => ({ ...about, ...ticket, id, number: 10_000 + n, subject: `Jar ${n}`, messageCount: 1 })),
    })
    await tx.message.createMany({ data: ids.map((id) => ({ ...about, ...message, id, ticketId: id })) })
  })
})
afterAll(() => desk.stop())

const read = ({ id }: BulkAct) => desk.as('nora').call(getBulkAct, { params: { bulkActId: id } })

async function done(wish: BulkWish): Promise<BulkAct> {
  const act = await desk.as('nora').call(createBulkAct, { body: { on: { view: 'tag', of: 'many' }, wish } })
  await desk.settle()
  return read(act)
}

async function undone(act: BulkAct): Promise<BulkAct> {
  await desk.as('nora').call(undoBulkAct, { params: { bulkActId: act.id } })
  await desk.settle()
  return read(act)
}

const KINDS = ['status', 'priority', 'assign', 'tag', 'merge'] as const
const wishOf = (kind: (typeof KINDS)[number]): BulkWish => {
  if (kind === 'status') return { kind, status: 'solved' }
  if (kind === 'priority') return { kind, priority: 'urgent' }
  if (kind === 'assign') return { kind, assigneeId: desk.staff.sam.id }
  if (kind === 'tag') return { kind, add: ['sale'], remove: ['many'] }
  return { kind, survivorId, acrossCustomers: false }
}

test.each(KINDS)(
  'an act of %s reaches a thousand tickets of a view and no more, and is taken back from all of them',
  async (wanted) => {
    const act = await done(wishOf(wanted))
    expect(act).toMatchObject({ state: 'done', total: 1_000, counts: { done: 1_000, failed: 0, planned: 0 } })
    expect(await undone(act)).toMatchObject({ state: 'undone', counts: { undone: 1_000, left: 0, done: 0 } })
  },
  900_000,
)
