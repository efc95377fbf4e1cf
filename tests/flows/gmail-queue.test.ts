import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectMailbox, tickGmailQueue } from '../../backend/features/intake/index.ts'
import { changeRole, deactivateStaff, pauseEffects, switchShadow } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listGmailQueues, switchGmailQueue } from '../../shared/gmail-queue.ts'
import { snoozeTicket, wakeTicket } from '../../shared/queues.ts'
import { assignTicket, lookUpTicket, moveTicket, type TicketCardView } from '../../shared/tickets.ts'
import { archiveOf } from '../support/archive.ts'
import { type Desk, type StaffName, SUPPORT, startDesk } from '../support/desk.ts'
import { robotKey } from '../support/service-account.ts'

let desk: Desk
const inboxes = {} as Record<'nora' | 'sam', string>
beforeAll(async () => {
  desk = await startDesk()
  for (const name of ['nora', 'sam'] as const) inboxes[name] = await readInbox(name)
  for (const mailboxId of [desk.mailbox.mailboxId, inboxes.nora, inboxes.sam]) await turn(mailboxId, true, true)
  await desk.settle()
})
afterAll(() => desk.stop())

const addressOf = (name: string) => `${name}@fern.example`
const readInbox = async (name: StaffName) =>
  (
    await connectMailbox(desk.ctx, desk.workspaceId, {
      address: SUPPORT,
      archiveAddress: addressOf(name),
      access: 'service_account',
      secret: robotKey(),
      historyDays: 0,
      ownerId: desk.staff[name].id,
    })
  ).mailboxId

async function turn(mailboxId: string, labels: boolean, archive: boolean) {
  await desk.as('ada').call(switchGmailQueue, { params: { mailboxId }, body: { labels, archive } })
  await desk.settle()
}

/** Somebody's own Gmail, as they use it. */
const gmailOf = (name: string) =>
  desk.ctx.gmail.mailbox({ mailboxId: name, address: addressOf(name), access: 'service_account', secret: robotKey() })

async function settle() {
  await archiveOf(desk).poll()
}

let people = 0
type Wrote = { id: string; number: string; version: number; messageId: string; from: string }

async function wrote(subject = `Queue ${++people}`): Promise<Wrote> {
  const from = `q${++people}@home.example`
  const { messageId } = await desk.google.customers.write({ from, to: SUPPORT, subject, text: 'Where is it?' })
  await settle()
  await settle()
  const ticket = await ticketOf(messageId)
  return { ...ticket, messageId, from }
}

async function ticketOf(messageId: string): Promise<TicketCardView> {
  const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId } })
  if (!ticket) throw new Error('No ticket was made')
  return ticket
}

/** Names of the labels that a mail carries in somebody's Gmail, those of the desk and the inbox. */
async function labelsAt(name: string, messageId: string): Promise<string[]> {
  const gmail = gmailOf(name)
  const [found] = await gmail.findByMessageId(messageId)
  const mail = await gmail.header(found?.id ?? '')
  const names = new Map((await gmail.labels()).map((label) => [label.id, label.name]))
  return (mail?.labelIds ?? [])
    .map((id) => names.get(id) ?? id)
    .filter((label) => label.startsWith('Desk/') || label === 'INBOX')
    .sort()
}

/** Somebody puts labels on a mail in their own inbox and takes others off, by name. */
async function moved(name: string, messageId: string, change: { add?: string[]; remove?: string[] }) {
  const gmail = gmailOf(name)
  const [found] = await gmail.findByMessageId(messageId)
  const labels = await gmail.labels()
  const idsOf = (names: string[] = []) =>
    names.map((wanted) => labels.find((label) => label.name === wanted)?.id ?? wanted)
  await gmail.modify(found?.id ?? '', { add: idsOf(change.add), remove: idsOf(change.remove) })
}

const give = async (ticket: { messageId: string }, to: StaffName | null) => {
  const { id, version } = await ticketOf(ticket.messageId)
  const assigneeId = to === null ? ('nobody' as const) : desk.staff[to].id
  await desk.as('vera').call(assignTicket, { params: { ticketId: id }, body: { assigneeId, version } })
  await desk.settle()
}

const move = async (ticket: { messageId: string }, status: 'solved' | 'open') => {
  const { id, version } = await ticketOf(ticket.messageId)
  await desk.as('vera').call(moveTicket, { params: { ticketId: id }, body: { status, version } })
  await desk.settle()
}

const calls = (name: string) => {
  const { calls: made } = desk.google.quota.of(addressOf(name))
  return (made['gmail.users.messages.modify'] ?? 0) + (made['gmail.users.messages.batchModify'] ?? 0)
}

test('new work is unassigned in every inbox and in the archive, under its number', async () => {
  const ticket = await wrote()
  for (const name of ['nora', 'sam', 'archive'])
    expect(await labelsAt(name, ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'Desk/Unassigned', 'INBOX'].sort())
})

test('what is given to somebody is theirs in their inbox, and only its number in others', async () => {
  const ticket = await wrote()
  await give(ticket, 'nora')
  expect(await labelsAt('nora', ticket.messageId)).toEqual(['Desk/Mine', `Desk/${ticket.number}`, 'INBOX'].sort())
  expect(await labelsAt('sam', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
  expect(await labelsAt('archive', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
})

test('solved work leaves the inbox and loses its labels, and comes back when it is reopened', async () => {
  const ticket = await wrote()
  await give(ticket, 'nora')
  await move(ticket, 'solved')
  for (const name of ['nora', 'sam', 'archive']) expect(await labelsAt(name, ticket.messageId)).toEqual([])
  const names = (await gmailOf('nora').labels()).map(({ name }) => name)
  expect(names).not.toContain(`Desk/${ticket.number}`)
  await settle()
  await move(ticket, 'open')
  expect(await labelsAt('nora', ticket.messageId)).toEqual(['Desk/Mine', `Desk/${ticket.number}`, 'INBOX'].sort())
  expect(await labelsAt('sam', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
})

test('snoozed work is in no queue until it is back', async () => {
  const ticket = await wrote()
  await give(ticket, 'sam')
  await desk.as('sam').call(snoozeTicket, { params: { ticketId: ticket.id }, body: { until: 'answer' } })
  await desk.settle()
  expect(await labelsAt('sam', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
  await desk.as('sam').call(wakeTicket, { params: { ticketId: ticket.id } })
  await desk.settle()
  expect(await labelsAt('sam', ticket.messageId)).toEqual(['Desk/Mine', `Desk/${ticket.number}`, 'INBOX'].sort())
})

test('what becomes due next says so, without anybody touching it', async () => {
  const ticket = await wrote()
  await give(ticket, 'nora')
  const before = await labelsAt('nora', ticket.messageId)
  for (
    let hours = 0;
    hours < 72 && !(await labelsAt('nora', ticket.messageId)).includes('Desk/Breaching');
    hours += 12
  ) {
    await desk.travel('12 hours')
    await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, tickGmailQueue, {}))
    await desk.settle()
  }
  expect(before).not.toContain('Desk/Breaching')
  expect(await labelsAt('nora', ticket.messageId)).toContain('Desk/Breaching')
  expect(await labelsAt('sam', ticket.messageId)).not.toContain('Desk/Breaching')
})

test('many changes in a row are one write, and what stands already is written no more', async () => {
  const ticket = await wrote()
  const { id } = ticket
  const before = calls('nora')
  for (const to of ['nora', 'sam', 'nora'] as const) {
    const { version } = await ticketOf(ticket.messageId)
    await desk
      .as('vera')
      .call(assignTicket, { params: { ticketId: id }, body: { assigneeId: desk.staff[to].id, version } })
  }
  await desk.settle()
  expect(calls('nora') - before).toBe(1)
  await settle()
  await settle()
  expect(calls('nora') - before).toBe(1)
})

test("labels of somebody's own are never touched", async () => {
  const gmail = gmailOf('sam')
  const own = await gmail.createLabel('Urgent for me')
  const ticket = await wrote()
  await moved('sam', ticket.messageId, { add: [own.id, 'STARRED'] })
  await give(ticket, 'sam')
  await move(ticket, 'solved')
  const [found] = await gmail.findByMessageId(ticket.messageId)
  const mail = await gmail.header(found?.id ?? '')
  expect(mail?.labelIds).toEqual(expect.arrayContaining([own.id, 'STARRED']))
})

test('a label of ours that was deleted in Gmail is made anew when it is needed', async () => {
  const gmail = gmailOf('sam')
  const mine = (await gmail.labels()).find(({ name }) => name === 'Desk/Mine')
  await gmail.deleteLabel(mine?.id ?? '')
  const ticket = await wrote()
  await give(ticket, 'sam')
  await desk.travel('2 min')
  await desk.settle()
  expect(await labelsAt('sam', ticket.messageId)).toContain('Desk/Mine')
})

test('putting Mine on takes the ticket, and is told in the record', async () => {
  const ticket = await wrote()
  await moved('sam', ticket.messageId, { add: ['Desk/Mine'] })
  await settle()
  await settle()
  expect((await ticketOf(ticket.messageId)).assignee?.id).toBe(desk.staff.sam.id)
  expect(await labelsAt('sam', ticket.messageId)).toEqual(['Desk/Mine', `Desk/${ticket.number}`, 'INBOX'].sort())
  expect(await labelsAt('nora', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
  const last = (await desk.events('gmail_label.moved')).at(-1)
  expect(last).toMatchObject({ actorId: desk.staff.sam.id, payload: { meaning: 'take', outcome: 'done' } })
})

test('taking Unassigned off takes the ticket, and putting it back gives the ticket back', async () => {
  const ticket = await wrote()
  await moved('nora', ticket.messageId, { remove: ['Desk/Unassigned'] })
  await settle()
  await settle()
  expect((await ticketOf(ticket.messageId)).assignee?.id).toBe(desk.staff.nora.id)
  await moved('nora', ticket.messageId, { add: ['Desk/Unassigned'], remove: ['Desk/Mine'] })
  await settle()
  await settle()
  expect((await ticketOf(ticket.messageId)).assignee).toBeNull()
  expect(await labelsAt('sam', ticket.messageId)).toContain('Desk/Unassigned')
})

test('a label that somebody moved while the change feed had a hole is followed when the mailbox is compared', async () => {
  const [taken, left] = [await wrote(), await wrote()]
  await moved('sam', taken.messageId, { add: ['Desk/Mine'] })
  desk.google.users.forgetHistory(addressOf('sam'))
  await settle()
  await settle()
  expect((await ticketOf(taken.messageId)).assignee?.id).toBe(desk.staff.sam.id)
  expect(await labelsAt('sam', taken.messageId)).toEqual(['Desk/Mine', `Desk/${taken.number}`, 'INBOX'].sort())
  expect((await ticketOf(left.messageId)).assignee).toBeNull()
  expect(await labelsAt('sam', left.messageId)).toContain('Desk/Unassigned')
})

test("two who move the label at once: one has the ticket, the other one's label goes", async () => {
  const ticket = await wrote()
  await moved('nora', ticket.messageId, { add: ['Desk/Mine'] })
  await moved('sam', ticket.messageId, { add: ['Desk/Mine'], remove: ['Desk/Unassigned'] })
  for (let n = 0; n < 3; n++) await settle()
  const owner = (await ticketOf(ticket.messageId)).assignee?.id
  const names = (['nora', 'sam'] as const).filter((name) => desk.staff[name].id === owner)
  expect(names).toHaveLength(1)
  for (const name of ['nora', 'sam'] as const) {
    const labels = await labelsAt(name, ticket.messageId)
    expect(labels.includes('Desk/Mine')).toBe(names.includes(name))
    expect(labels).not.toContain('Desk/Unassigned')
  }
})

test('a label that means nothing, and one in the archive, come back as they were', async () => {
  const ticket = await wrote()
  await give(ticket, 'nora')
  await settle()
  await moved('nora', ticket.messageId, { add: ['Desk/Breaching'], remove: ['Desk/Mine'] })
  await moved('archive', ticket.messageId, { add: ['Desk/Unassigned'] })
  await settle()
  await settle()
  expect((await ticketOf(ticket.messageId)).assignee?.id).toBe(desk.staff.nora.id)
  expect(await labelsAt('nora', ticket.messageId)).toEqual(['Desk/Mine', `Desk/${ticket.number}`, 'INBOX'].sort())
  expect(await labelsAt('archive', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
})

test('while effects are paused nothing is written, and afterwards the last state', async () => {
  const ticket = await wrote()
  await pauseEffects(desk.ctx, desk.workspaceId, true)
  const before = calls('nora')
  await give(ticket, 'nora')
  expect(calls('nora')).toBe(before)
  await pauseEffects(desk.ctx, desk.workspaceId, false)
  await desk.travel('16 min')
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, tickGmailQueue, {}))
  await desk.settle()
  expect(await labelsAt('nora', ticket.messageId)).toContain('Desk/Mine')
})

test("a worker that dies between Gmail and its note writes again, and takes its own labels for nobody's move", async () => {
  const ticket = await wrote()
  desk.google.faults.add({ method: 'gmail.users.messages.modify', kind: 'lost-reply', user: addressOf('nora') })
  await give(ticket, 'nora')
  await settle()
  await give(ticket, null)
  for (let n = 0; n < 3; n++) {
    await desk.travel('2 min')
    await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, tickGmailQueue, {}))
    await settle()
  }
  expect((await ticketOf(ticket.messageId)).assignee).toBeNull()
  expect(await labelsAt('nora', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'Desk/Unassigned', 'INBOX'].sort())
})

test('switched off, our labels are gone from the account, and a label of the same name that was there before is never ours', async () => {
  const ticket = await wrote()
  await turn(inboxes.sam, false, false)
  expect((await gmailOf('sam').labels()).filter(({ name }) => name.startsWith('Desk/'))).toEqual([])
  expect(await labelsAt('sam', ticket.messageId)).toEqual(['INBOX'])
  const theirs = await gmailOf('sam').createLabel('Desk/Mine')
  await turn(inboxes.sam, true, true)
  await give(ticket, 'sam')
  expect(await labelsAt('sam', ticket.messageId)).toContain('Desk/Mine (Sidedesk)')
  await turn(inboxes.sam, false, false)
  expect((await gmailOf('sam').labels()).filter(({ name }) => name.startsWith('Desk/')).map(({ id }) => id)).toEqual([
    theirs.id,
  ])
  const { items } = await desk.as('ada').call(listGmailQueues)
  expect(items.find(({ address }) => address === addressOf('sam'))).toMatchObject({ labels: false, archive: false })
})

test('labels go from the inbox of somebody whose role does not work on tickets any more, and come back with it', async () => {
  const ticket = await wrote()
  const change = async (role: 'agent' | 'read-only') => {
    await changeRole(desk.ctx, desk.workspaceId, addressOf('nora'), role, systemOf(desk.workspaceId))
    await desk.settle()
  }
  await change('read-only')
  expect((await gmailOf('nora').labels()).filter(({ name }) => name.startsWith('Desk/'))).toEqual([])
  await change('agent')
  expect(await labelsAt('nora', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'Desk/Unassigned', 'INBOX'].sort())
})

const tick = async () => {
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) => enqueue(tx, tickGmailQueue, {}))
  await settle()
}

test('a label of ours that somebody renamed stays ours under its new name, and no second one is made', async () => {
  const gmail = gmailOf('sam')
  await turn(inboxes.sam, true, true)
  await give(await wrote(), 'sam')
  const mine = (await gmail.labels()).find(({ name }) => name === 'Desk/Mine (Sidedesk)')
  const renamed = await fetch(`${desk.google.url}/gmail/v1/users/me/labels/${mine?.id}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${desk.google.users.accessToken(addressOf('sam'))}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify({ name: 'Desk/For me' }),
  })
  expect(renamed.status).toBe(200)
  const ticket = await wrote()
  await give(ticket, 'sam')
  expect(await labelsAt('sam', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'Desk/For me', 'INBOX'].sort())
  expect((await gmail.labels()).filter(({ name }) => name.includes('(Sidedesk)'))).toEqual([])
  await moved('sam', ticket.messageId, { remove: ['Desk/For me'], add: ['Desk/Unassigned'] })
  await settle()
  await settle()
  expect((await ticketOf(ticket.messageId)).assignee).toBeNull()
})

test('a long conversation is written in one call for all its mails', async () => {
  const ticket = await wrote()
  for (let n = 0; n < 11; n++)
    await desk.google.customers.write({
      from: ticket.from,
      to: SUPPORT,
      subject: 'Queue',
      text: `And ${n}`,
      inReplyTo: ticket.messageId,
    })
  await settle()
  await settle()
  const madeBy = () => desk.google.quota.of(addressOf('nora')).calls
  const before = { ...madeBy() }
  await give(ticket, 'nora')
  const grown = (name: string) => (madeBy()[name] ?? 0) - (before[name] ?? 0)
  expect(grown('gmail.users.messages.batchModify')).toBe(1)
  expect(grown('gmail.users.messages.modify')).toBe(0)
  const carrying = (await gmailOf('nora').labels()).find(({ name }) => name === 'Desk/Mine')?.id ?? ''
  const { id } = await ticketOf(ticket.messageId)
  const mails = desk.google.users.mails(addressOf('nora')).filter(({ labels }) => labels.includes(carrying))
  const rows = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.gmailQueueMail.findMany({ where: { ticketId: id, mailboxId: inboxes.nora } }),
    { reads: true },
  )
  expect(rows).toHaveLength(12)
  expect(mails.map((each) => each.id)).toEqual(expect.arrayContaining(rows.map(({ gmailId }) => gmailId)))
})

test('without quota for labels no call is made and nothing fails, and what waited is written when there is some', async () => {
  const ticket = await wrote()
  const pace = (unitsPerMinute: number | null) =>
    inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
      const id = inboxes.nora
      await tx.mailbox.updateMany({ where: { workspaceId: desk.workspaceId, id }, data: { unitsPerMinute } })
      const at = { workspaceId: desk.workspaceId, mailboxId: id }
      await tx.mailboxPace.updateMany({ where: at, data: { level: 0, at: tx.now } })
    })
  await pace(1_000)
  const before = calls('nora')
  await give(ticket, 'nora')
  expect(calls('nora')).toBe(before)
  expect(await labelsAt('nora', ticket.messageId)).not.toContain('Desk/Mine')
  await pace(null)
  await desk.travel('2 min')
  await desk.settle()
  expect(await labelsAt('nora', ticket.messageId)).toContain('Desk/Mine')
})

test('shadow mode of a mailbox stops labels there and nowhere else; when it ends the last state is written', async () => {
  const ticket = await wrote()
  const shadow = (on: boolean) =>
    switchShadow(desk.ctx, desk.workspaceId, { mailboxId: inboxes.nora, on }, systemOf(desk.workspaceId))
  await shadow(true)
  const before = calls('nora')
  await give(ticket, 'nora')
  await move(ticket, 'solved')
  await move(ticket, 'open')
  expect(calls('nora')).toBe(before)
  expect(await labelsAt('nora', ticket.messageId)).toContain('Desk/Unassigned')
  expect(await labelsAt('sam', ticket.messageId)).toEqual([`Desk/${ticket.number}`, 'INBOX'])
  await shadow(false)
  await desk.travel('16 min')
  await tick()
  expect(await labelsAt('nora', ticket.messageId)).toEqual(['Desk/Mine', `Desk/${ticket.number}`, 'INBOX'].sort())
})

test('an inbox that is read no more loses our labels and keeps those of its owner', async () => {
  const ticket = await wrote()
  const own = await gmailOf('sam').createLabel('Keep this')
  await moved('sam', ticket.messageId, { add: ['Keep this'] })
  expect(await labelsAt('sam', ticket.messageId)).toContain(`Desk/${ticket.number}`)
  await deactivateStaff(desk.ctx, desk.workspaceId, addressOf('sam'), systemOf(desk.workspaceId))
  await desk.settle()
  const names = (await gmailOf('sam').labels()).map(({ name }) => name)
  expect(names.filter((name) => name.startsWith('Desk/') && !theirOwn.includes(name))).toEqual([])
  expect(names).toContain('Keep this')
  const [found] = await gmailOf('sam').findByMessageId(ticket.messageId)
  expect((await gmailOf('sam').header(found?.id ?? ''))?.labelIds).toContain(own.id)
})

/** Made by hand in a test before: never ours. */
const theirOwn = ['Desk/Mine']
