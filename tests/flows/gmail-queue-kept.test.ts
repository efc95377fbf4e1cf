import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { tickGmailQueue } from '../../backend/features/intake/index.ts'
import { changeRole, deactivateStaff, pauseEffects, switchShadow } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listGmailQueues } from '../../shared/gmail-queue.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { gmailQueueHands } from '../support/gmail-queue-desk.ts'

let desk: Desk
const { begin, inboxes, addressOf, turn, gmailOf, settle, wrote, ticketOf, labelsAt, moved, give, move, calls, tick } =
  gmailQueueHands(() => desk)
beforeAll(async () => {
  desk = await startDesk()
  await begin()
})
afterAll(() => desk.stop())

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
      const aMinuteFromNow = new Date(tx.now.getTime() + 60_000) // nothing flows in before, however slow the machine is
      await tx.mailboxPace.updateMany({ where: at, data: { level: 0, at: aMinuteFromNow } })
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
