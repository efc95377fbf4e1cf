import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { addDomain, createWorkspace, inviteStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { sendReply } from '../../shared/drafts.ts'
import { handOver, listLeftTickets } from '../../shared/handover.ts'
import { listMessages, listTimeline, type TicketCardView } from '../../shared/tickets.ts'
import { logIn } from '../../shared/workforce.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { handoversAt } from '../support/handover-desk.ts'
import { noticesOf } from '../support/notice-desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { textOf } from '../support/panel-hands.ts'
import { workAt } from '../support/work-desk.ts'

let desk: Desk
let work: ReturnType<typeof workAt>
let hands: ReturnType<typeof handoversAt>
beforeAll(async () => {
  desk = await startDesk()
  work = workAt(desk)
  hands = handoversAt(desk)
})
afterEach(async () => {
  await hands.empty()
  await work.empty()
})
afterAll(() => desk.stop())

const saidOn = ({ sections }: TicketCardView) => textOf({ title: '', subtitle: null, sections, say: null })

test('open is what one is on, promised, wants to be reminded of, and what is due before one is back', async () => {
  const [claimed, reminded, chosen, soon] = [
    await hands.ticket(),
    await hands.ticket(),
    await hands.ticket(),
    await hands.owned('nora'),
  ]
  const late = await hands.owned('nora', 25 * 60)
  await hands.claim('nora', claimed)
  await hands.remind('nora', reminded)
  await hands.remind('nora', late, 26 * 60)
  await hands.remind('nora', soon)
  await hands.choose('nora', chosen)
  await hands.owned('sam')
  expect(await hands.openOf('nora')).toEqual({
    [claimed.number]: ['claim'],
    [reminded.number]: ['reminder'],
    [chosen.number]: ['answer'],
    [soon.number]: ['reminder', 'due'],
  })
})

test('what was chosen for an answer and counts no more is not open', async () => {
  const ticket = await hands.ticket()
  await hands.choose('nora', ticket)
  expect(await hands.openOf('nora')).toEqual({ [ticket.number]: ['answer'] })
  await desk.travel('25 h')
  expect(await hands.openOf('nora')).toEqual({})
})

test('whoever is planned again on Monday has open what is due until then, and no more', async () => {
  const [before, after] = [await hands.owned('nora', 60 * 60), await hands.owned('nora', 80 * 60)]
  expect(await hands.openOf('nora')).toEqual({})
  await work.planned('nora', -60, 60)
  await work.planned('nora', 70 * 60, 78 * 60)
  expect(await hands.openOf('nora')).toEqual({ [before.number]: ['due'] })
  await desk.travel('11 h')
  expect(Object.keys(await hands.openOf('nora'))).not.toContain(after.number)
})

test('a hand-over takes ticket, claim, reminder and the choice for the answer along, with a line that both sides read', async () => {
  await noticesOf(desk).choose('sam', { assignment: 'mail' }, { quiet: false })
  const ticket = await hands.owned('nora')
  await work.in('sam')
  await hands.claim('nora', ticket)
  await hands.remind('nora', ticket, 60, 'Ask the warehouse')
  await hands.choose('nora', ticket)
  const before = noticesTo(desk, 'sam').length
  const handed = await hands.hand('nora', { tickets: [ticket], to: 'sam', word: 'She waits for a call at 5.' })
  expect(handed).toMatchObject({ to: { name: 'Sam' }, done: [{ number: ticket.number }], refused: [] })
  expect(await hands.openOf('nora')).toEqual({})
  expect(await hands.openOf('sam')).toEqual({ [ticket.number]: ['claim', 'reminder', 'answer', 'due'] })
  expect([await hands.ownerOf(ticket), await hands.holderOf(ticket)]).toEqual(['Sam', 'Sam'])
  expect(await hands.remindersOf('sam', ticket)).toEqual(['Ask the warehouse'])
  expect(await hands.remindersOf('nora', ticket)).toEqual([])

  const params = { ticketId: ticket.id }
  const { items: messages } = await desk.as('sam').call(listMessages, { params })
  expect(messages[0]).toMatchObject({
    direction: 'note',
    text: 'Handed over to Sam: She waits for a call at 5.',
    author: { name: 'Nora' },
  })
  const { items: timeline } = await desk.as('sam').call(listTimeline, { params })
  const told = timeline.map(({ words, actor }) => `${words}, by ${actor.name}`)
  expect(told).toEqual(
    expect.arrayContaining(['Handed over to Sam, by Nora', 'Sam is on it, by Nora', 'On it, by Nora']),
  )
  await desk.settle()
  const notices = noticesTo(desk, 'sam').slice(before)
  expect(notices.map(({ subject }) => subject)).toEqual(['Nora: 1 ticket handed over to you'])
  expect(notices[0]?.text).toContain('She waits for a call at 5.')
  expect(notices[0]?.text).toContain(`https://desk.example/desk/tickets/${ticket.id}`)
})

test('the reminder that went along reminds whoever has it now, and nobody else', async () => {
  const ticket = await hands.owned('nora')
  await work.in('sam')
  await hands.remind('nora', ticket, 90, 'Ask the warehouse')
  await hands.hand('nora', { tickets: [ticket], to: 'sam' })
  await desk.settle()
  const before = { nora: noticesTo(desk, 'nora').length, sam: noticesTo(desk, 'sam').length }
  await desk.travel('91 min')
  await desk.settle()
  const since = (name: 'nora' | 'sam') =>
    noticesTo(desk, name)
      .slice(before[name])
      .filter(({ subject }) => subject.includes('your reminder'))
  expect(since('sam').map(({ text }) => text)).toEqual([expect.stringContaining('Ask the warehouse')])
  expect(since('nora')).toEqual([])
})

test('a promise in an answer becomes a reminder of whoever goes on, in the words of who wrote it', async () => {
  const ticket = await hands.owned('nora')
  await work.in('sam')
  await promised(ticket)
  expect(saidOn(await hands.cardOf('nora', ticket))).toContain('You promised an answer by')
  expect((await hands.openOf('nora'))[ticket.number]).toEqual(['promise', 'due'])
  await hands.hand('nora', { tickets: [ticket], to: 'sam' })
  expect(await hands.remindersOf('sam', ticket)).toEqual(['Nora wrote: I will get back to you in 2 hours.'])
  expect(saidOn(await hands.cardOf('sam', ticket))).not.toContain('promised')
  expect(await hands.openOf('nora')).toEqual({})
})

test('a promise whose time has come is open until somebody answers, and whoever goes on is reminded of it at once', async () => {
  const [broken, answered] = [await hands.ticket(), await hands.ticket()]
  await work.in('sam')
  await promised(broken)
  await promised(answered)
  await desk.travel('3 h')
  await desk.as('nora').call(sendReply, { params: { ticketId: answered.id }, body: { text: 'Here it is.' } })
  await desk.settle()
  expect(await hands.openOf('nora')).toEqual({ [broken.number]: ['promise'], [answered.number]: ['claim'] })
  await hands.hand('nora', { tickets: [broken], to: 'sam' })
  expect(await hands.openOf('nora')).toEqual({ [answered.number]: ['claim'] })
  expect(await hands.remindersOf('sam', broken)).toEqual(['Nora wrote: I will get back to you in 2 hours.'])
})

test('a promise of long ago keeps nobody from going home', async () => {
  await promised(await hands.ticket())
  await desk.travel('15 days')
  expect(await hands.openOf('nora')).toEqual({})
})

/** As the desk finds it in an answer of Nora's. */
const promised = (ticket: { id: string }) =>
  inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    const { workspaceId, now } = tx
    const id = crypto.randomUUID()
    const words = (await desk.ctx.keyring.box(tx)).seal(
      'spoken_promise.words',
      id,
      'I will get back to you in 2 hours.',
    )
    const dueAt = new Date(now.getTime() + 7_200_000)
    const staffId = desk.staff.nora.id
    await tx.spokenPromise.create({
      data: {
        workspaceId,
        id,
        ticketId: ticket.id,
        messageId: id,
        staffId,
        dueAt,
        words,
        state: 'proposed',
        foundAt: now,
      },
    })
  })

test('only what is one’s own moves: a colleague’s ticket stays theirs, and their claim too', async () => {
  const [theirs, nobodys] = [await hands.owned('vera'), await hands.ticket()]
  await work.in('sam')
  await hands.claim('vera', theirs)
  await hands.remind('nora', theirs)
  await hands.claim('nora', nobodys)
  await hands.hand('nora', { tickets: [theirs, nobodys], to: 'sam' })
  expect([await hands.ownerOf(theirs), await hands.holderOf(theirs)]).toEqual(['Vera', 'Vera'])
  expect(await hands.remindersOf('sam', theirs)).toHaveLength(1)
  expect([await hands.ownerOf(nobodys), await hands.holderOf(nobodys)]).toEqual(['Sam', 'Sam'])
})

test('what moved meanwhile is told by name, and the rest is handed over', async () => {
  const [solved, taken, over, open] = [
    await hands.owned('nora'),
    await hands.owned('nora'),
    await hands.ticket(),
    await hands.owned('nora'),
  ]
  await work.in('sam')
  await hands.claim('nora', over)
  await hands.claim('vera', over, 'I know her')
  await hands.solve('vera', solved)
  await hands.give(taken, 'vera')
  const handed = await hands.hand('nora', { tickets: [solved, taken, over, open], to: 'sam' })
  expect(handed.done.map(({ number }) => number)).toEqual([open.number])
  expect(Object.fromEntries(handed.refused.map(({ number, why }) => [number, why]))).toEqual({
    [solved.number]: 'It is solved by now.',
    [taken.number]: 'Vera has it now.',
    [over.number]: 'Nothing of it waits any more.',
  })
  expect([await hands.ownerOf(taken), await hands.holderOf(over)]).toEqual(['Vera', 'Vera'])
})

test('nobody hands over to who is not at work, without a line, to themselves, or what is somebody else’s', async () => {
  const ticket = await hands.owned('nora')
  expect(await refusalOf(hands.hand('nora', { tickets: [ticket], to: 'sam' }))).toMatchObject({
    code: 'not_at_work',
    message: 'They are not logged in any more. Choose somebody who is at work.',
  })
  await work.in('sam')
  await work.in('nora')
  expect((await refusalOf(hands.hand('nora', { tickets: [ticket], to: 'sam', word: '' }))).message).toContain(
    'Write a line',
  )
  expect((await refusalOf(hands.hand('nora', { tickets: [ticket], to: 'nora' }))).message).toContain(
    'Choose somebody else',
  )
  const others = hands.hand('sam', { tickets: [ticket], to: 'sam', from: 'nora' })
  expect((await refusalOf(others)).code).toBe('forbidden')
  const unknown = { id: crypto.randomUUID(), number: '' }
  expect((await refusalOf(hands.hand('nora', { tickets: [ticket, unknown], to: 'sam' }))).code).toBe('not_found')
  expect(await hands.openOf('nora')).toEqual({ [ticket.number]: ['due'] })
})

test('whoever is on a break is at work, and can be handed something', async () => {
  const ticket = await hands.owned('nora')
  await work.in('sam')
  await work.pause('sam')
  await hands.hand('nora', { tickets: [ticket], to: 'sam' })
  expect(await hands.ownerOf(ticket)).toBe('Sam')
})

test('nobody of another workspace hands over our tickets, to our people, or sees what they left', async () => {
  const ticket = await hands.owned('nora')
  await work.in('sam')
  const { workspaceId } = await createWorkspace(desk.ctx, 'Rival')
  await addDomain(desk.ctx, workspaceId, 'rival.example')
  const eve = await inviteStaff(
    desk.ctx,
    workspaceId,
    { email: 'eve@rival.example', name: 'Eve', role: 'admin' },
    systemOf(workspaceId),
  )
  const rival = desk.withToken(desk.tokenOf('eve@rival.example', '9001', 'rival.example'))
  await rival.call(logIn)
  const [nora, sam] = [desk.staff.nora.id, desk.staff.sam.id]
  const body = { ticketIds: [ticket.id], word: 'Mine now' }
  const wishes = [
    { ...body, toId: eve.id, fromId: nora },
    { ...body, toId: sam },
    { ...body, toId: sam, fromId: eve.id },
  ]
  const codes: string[] = []
  for (const wish of wishes) codes.push((await refusalOf(rival.call(handOver, { body: wish }))).code)
  expect(codes).toEqual(['not_found', 'not_at_work', 'not_at_work'])
  await work.in('nora')
  await work.out('nora')
  expect((await rival.call(listLeftTickets)).items).toEqual([])
  expect(await hands.ownerOf(ticket)).toBe('Nora')
})
