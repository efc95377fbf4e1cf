import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { changeRole, deactivateStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { listAgents, setAvailability } from '../../shared/assignment.ts'
import { claimTicket, getClaim } from '../../shared/claims.ts'
import { mergeTickets, splitTicket, undoRegrouping } from '../../shared/merging.ts'
import {
  assignTicket,
  getTicket,
  lookUpTicket,
  moveTicket,
  type TicketStatus,
  unvoidTicket,
  voidTicket,
} from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterEach(async () => {
  await samComesBack()
})
afterAll(() => desk.stop())

const SAM = 'sam@fern.example'
const bySystem = () => systemOf(desk.workspaceId)

async function samLeaves() {
  await deactivateStaff(desk.ctx, desk.workspaceId, SAM, bySystem())
  await desk.settle()
}

async function samComesBack() {
  await changeRole(desk.ctx, desk.workspaceId, SAM, 'agent', bySystem())
  await reactivateStaff(desk.ctx, desk.workspaceId, SAM, bySystem())
  await desk.settle()
}

/** A mail of a customer. @returns its ticket and its Message-ID */
async function wrote(from: string, inReplyTo?: string): Promise<{ id: string; mail: string }> {
  await desk.travel('1 min')
  const mail = { from, to: SUPPORT, subject: `Jar of ${from}`, text: 'Broken.', ...(inReplyTo && { inReplyTo }) }
  const { messageId } = await desk.google.customers.write(mail)
  await desk.settle()
  const { ticket } = await desk.as('vera').call(lookUpTicket, { body: { messageId } })
  if (!ticket) throw new Error('The mail made no ticket')
  return { id: ticket.id, mail: messageId }
}

let people = 0
const someone = () => `c${++people}@home.example`

const cardOf = (id: string) => desk.as('vera').call(getTicket, { params: { ticketId: id } })
const ownerOf = async (id: string) => (await cardOf(id)).assignee?.name ?? null

async function givenToSam(id: string): Promise<void> {
  const { version } = await cardOf(id)
  await desk.as('vera').call(assignTicket, {
    params: { ticketId: id },
    body: { assigneeId: desk.staff.sam.id, version },
  })
}

async function moved(id: string, status: TicketStatus): Promise<void> {
  const { version } = await cardOf(id)
  await desk.as('vera').call(moveTicket, { params: { ticketId: id }, body: { status, version } })
}

const merge = (survivor: string, merged: string) =>
  desk.as('vera').call(mergeTickets, { params: { ticketId: survivor }, body: { ticketIds: [merged] } })

/** What the newest event of a kind says of a ticket. */
async function told(type: 'ticket.merged' | 'ticket.split', ticketId: string) {
  const newest = (await desk.events(type)).findLast((event) => event.ticketId === ticketId)
  if (!newest) throw new Error(`No ${type}`)
  return newest.payload as { regroupingId: string; otherId: string }
}

async function undoMerge(ticketId: string): Promise<void> {
  const { regroupingId } = await told('ticket.merged', ticketId)
  await desk.as('vera').call(undoRegrouping, { params: { ticketId, regroupingId } })
}

test('what was finished keeps its owner’s name, and goes to nobody when it is taken up again after they left', async () => {
  const [solved, spam, quiet] = [await wrote(someone()), await wrote(someone()), await wrote(someone())]
  for (const { id } of [solved, spam, quiet]) await givenToSam(id)
  await moved(solved.id, 'solved')
  await moved(quiet.id, 'closed')
  const { version } = await cardOf(spam.id)
  await desk.as('vera').call(voidTicket, { params: { ticketId: spam.id }, body: { reason: 'spam', version } })
  await samLeaves()
  expect(await ownerOf(solved.id)).toBe('Sam')
  await moved(solved.id, 'open')
  const { version: later } = await cardOf(spam.id)
  await desk.as('vera').call(unvoidTicket, { params: { ticketId: spam.id }, body: { version: later } })
  expect([await ownerOf(solved.id), await ownerOf(spam.id), await ownerOf(quiet.id)]).toEqual([null, null, 'Sam'])
  const given = (await desk.events('ticket.assigned')).findLast(({ ticketId }) => ticketId === spam.id)
  expect(given).toMatchObject({ payload: { assigneeId: null, before: desk.staff.sam.id } })
})

test('merging, splitting and taking them back gives nothing to who left', async () => {
  const from = someone()
  const [one, two] = [await wrote(from), await wrote(from)]
  const second = await wrote(from, two.mail)
  await givenToSam(one.id)
  await merge(two.id, one.id)
  expect(await ownerOf(two.id)).toBe('Sam')
  await samLeaves()
  expect(await ownerOf(two.id)).toBeNull()
  await undoMerge(one.id)
  expect(await cardOf(one.id)).toMatchObject({ voidReason: null, assignee: null })
  await samComesBack()
  await givenToSam(one.id)
  await givenToSam(two.id)
  await moved(one.id, 'solved')
  await moved(two.id, 'solved')
  await samLeaves()
  const { messages } = await cardOf(two.id)
  expect(second.id).toBe(two.id)
  const newest = messages.toSorted((a, b) => (a.sentAt < b.sentAt ? 1 : -1))[0]?.id ?? ''
  await desk.as('vera').call(splitTicket, { params: { ticketId: two.id }, body: { messageId: newest } })
  const { otherId } = await told('ticket.split', two.id)
  expect(await cardOf(otherId)).toMatchObject({ status: 'new', assignee: null })
  await merge(otherId, one.id)
  expect(await cardOf(otherId)).toMatchObject({ assignee: null })
})

test('a customer who writes again wakes nothing on the desk of who left', async () => {
  const ticket = await wrote(someone())
  await givenToSam(ticket.id)
  await moved(ticket.id, 'solved')
  await samLeaves()
  await wrote(`c${people}@home.example`, ticket.mail)
  expect(await cardOf(ticket.id)).toMatchObject({ status: 'open', assignee: null })
})

test('a new role that works on no tickets hands back work and claims like leaving does', async () => {
  const [owned, claimed] = [await wrote(someone()), await wrote(someone())]
  await givenToSam(owned.id)
  await desk.as('sam').call(claimTicket, { params: { ticketId: claimed.id }, body: {} })
  await changeRole(desk.ctx, desk.workspaceId, SAM, 'supervisor', bySystem())
  await desk.settle()
  expect(await ownerOf(owned.id)).toBe('Sam')
  await changeRole(desk.ctx, desk.workspaceId, SAM, 'finance', bySystem())
  await desk.settle()
  expect(await ownerOf(owned.id)).toBeNull()
  expect((await desk.as('vera').call(getClaim, { params: { ticketId: claimed.id } })).claim).toBeNull()
  const { version } = await cardOf(owned.id)
  const give = { params: { ticketId: owned.id }, body: { assigneeId: desk.staff.sam.id, version } }
  expect((await refusalOf(desk.as('vera').call(assignTicket, give))).message).toContain('does not work on tickets')
})

test('whoever comes back to the desk is away until they say otherwise', async () => {
  const available = async () => {
    const { items } = await desk.as('vera').call(listAgents)
    return items.find(({ staff }) => staff.name === 'Sam')?.available
  }
  await desk.as('sam').call(setAvailability, { params: { staffId: desk.staff.sam.id }, body: { available: true } })
  expect(await available()).toBe(true)
  await samLeaves()
  await samComesBack()
  expect(await available()).toBe(false)
})
