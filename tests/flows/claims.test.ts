import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { deactivateStaff, reactivateStaff } from '../../backend/features/settings/index.ts'
import { systemOf } from '../../backend/platform/actor.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { claimTakeoverCard, claimTicket, getClaim, releaseTicket, writeClaimSettings } from '../../shared/claims.ts'
import { sendReply, startReplyDraft } from '../../shared/drafts.ts'
import { getTicket, lookUpTicket, noteTicket, type TicketCardView } from '../../shared/tickets.ts'
import { refusalOf } from '../support/caller.ts'
import { type Desk, type StaffName, SUPPORT, startDesk } from '../support/desk.ts'
import { noticesTo } from '../support/notice-mail.ts'
import { fieldOf, textOf } from '../support/panel-hands.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let people = 0
/** A customer writes; the mail is a ticket. */
async function given(): Promise<{ ticketId: string; from: string; mail: string }> {
  const from = `customer${++people}@home.example`
  const { messageId } = await desk.google.customers.write({
    from,
    to: SUPPORT,
    subject: 'My order',
    text: 'Where is it?',
  })
  await desk.settle()
  const { ticket } = await desk.as('nora').call(lookUpTicket, { body: { messageId } })
  if (!ticket) throw new Error('The mail made no ticket')
  return { ticketId: ticket.id, from, mail: messageId }
}

const claim = (who: StaffName, ticketId: string, word?: string) =>
  desk.as(who).call(claimTicket, { params: { ticketId }, body: word === undefined ? {} : { word } })

const holderOf = async (ticketId: string): Promise<string | null> =>
  (await desk.as('vera').call(getClaim, { params: { ticketId } })).claim?.staff.name ?? null

const minutesLeft = async (ticketId: string): Promise<number> => {
  const { claim } = await desk.as('vera').call(getClaim, { params: { ticketId } })
  return claim === null ? 0 : Math.round((Date.parse(claim.until) - desk.clock.now().getTime()) / 60_000)
}

/** What of a card is said and offered about its claim. */
const saidOn = ({ sections, below }: TicketCardView): string =>
  textOf({ title: '', subtitle: null, sections: [...sections, ...below], say: null })

const cardFor = (who: StaffName, ticketId: string) => desk.as(who).call(getTicket, { params: { ticketId } })

/** Answers from somebody's own Gmail, as support@. */
async function answered(who: StaffName, { from, mail }: { from: string; mail: string }): Promise<void> {
  const headers = [`From: ${SUPPORT}`, `To: ${from}`, 'Subject: Re: My order', `In-Reply-To: ${mail}`].join('\r\n')
  desk.google.users.send(desk.staff[who].email, {
    bytes: Buffer.from(`${headers}\r\n\r\nOn its way.`),
    at: desk.clock.now(),
  })
  await desk.settle()
}

test('whoever says «I am on it» is on the ticket for ten minutes, and others see who and since when', async () => {
  const { ticketId } = await given()
  expect(saidOn(await cardFor('sam', ticketId))).not.toContain('is on it')
  expect(saidOn(await cardFor('sam', ticketId))).toContain('[I am on it]')
  const mine = await claim('nora', ticketId)
  expect(saidOn(mine)).toContain('You are on it until')
  expect(saidOn(mine)).toContain('[I am done]')
  const { claim: seen } = await desk.as('sam').call(getClaim, { params: { ticketId } })
  expect(saidOn(await cardFor('sam', ticketId))).toContain(`Nora is on it since {{${seen?.since}}}.`)
  expect(saidOn(await cardFor('sam', ticketId))).toContain('[Take over]')
  await desk.travel('9 min')
  expect(await holderOf(ticketId)).toBe('Nora')
  await desk.travel('2 min')
  expect(await holderOf(ticketId)).toBeNull()
  expect(saidOn(await cardFor('sam', ticketId))).not.toContain('Nora')
})

test('who looks on sees the claim and is offered nothing', async () => {
  const { ticketId } = await given()
  await claim('nora', ticketId)
  expect(saidOn(await cardFor('rhea', ticketId))).toContain('Nora is on it')
  expect(saidOn(await cardFor('rhea', ticketId))).not.toContain('[Take over]')
})

test('of ten presses at the same moment one wins, and everybody else is told who', async () => {
  const { ticketId } = await given()
  const names = ['nora', 'sam', 'vera', 'ada'] as const
  const outcomes = await Promise.allSettled(names.map((name) => claim(name, ticketId)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  const winner = await holderOf(ticketId)
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  for (const refusal of refused) {
    expect(refusal).toMatchObject({ status: 409, code: 'claimed' })
    expect(refusal.message).toContain(`${winner} has just begun on this ticket`)
  }
  const taken = (await desk.events('claim.taken')).filter((event) => event.ticketId === ticketId)
  expect(taken).toHaveLength(1)
})

test('a claim that ran out is anybody’s, and also then one of several wins', async () => {
  const { ticketId } = await given()
  await claim('nora', ticketId)
  await desk.travel('11 min')
  const outcomes = await Promise.allSettled((['sam', 'vera', 'ada'] as const).map((name) => claim(name, ticketId)))
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  expect(await holderOf(ticketId)).not.toBe('Nora')
})

test('beginning an answer takes the ticket silently, and working on it renews that', async () => {
  const { ticketId } = await given()
  const params = { ticketId }
  await desk.as('nora').call(startReplyDraft, { params, body: {} })
  expect(await holderOf(ticketId)).toBe('Nora')
  await desk.travel('8 min')
  await desk.as('nora').call(noteTicket, { params, body: { text: 'Asked the warehouse' } })
  expect(await minutesLeft(ticketId)).toBe(10)
  await desk.travel('8 min')
  await desk.as('sam').call(noteTicket, { params, body: { text: 'I know this one' } })
  expect([await holderOf(ticketId), await minutesLeft(ticketId)]).toEqual(['Nora', 2])
})

test('an answer is neither begun nor sent while somebody else is on the ticket', async () => {
  const { ticketId } = await given()
  const params = { ticketId }
  await claim('nora', ticketId)
  const draft = await refusalOf(desk.as('sam').call(startReplyDraft, { params, body: {} }))
  const answer = await refusalOf(desk.as('sam').call(sendReply, { params, body: { text: 'It is on its way.' } }))
  for (const refusal of [draft, answer]) {
    expect(refusal.code).toBe('claimed')
    expect(refusal.message).toBe(
      'Nora has just begun on this ticket. Take over on the ticket’s card with a word to Nora, or wait.',
    )
  }
  await desk.settle()
  expect((await cardFor('sam', ticketId)).unsent).toEqual([])
})

test('taking over asks for a word, which the other gets by mail once', async () => {
  const { ticketId } = await given()
  await claim('nora', ticketId)
  expect((await refusalOf(claim('sam', ticketId, '  '))).code).toBe('claimed')
  const form = await desk.as('sam').call(claimTakeoverCard, { params: { ticketId } })
  expect(fieldOf(form, 'word')).toBe('')
  const takeOver = { params: { ticketId }, body: { takeOver: true, word: '' } }
  expect(await refusalOf(desk.as('sam').call(claimTicket, takeOver))).toMatchObject({
    code: 'invalid_request',
    message: 'Write a word to Nora, so that they know why you take over.',
  })
  const before = noticesTo(desk, 'nora').length
  expect(saidOn(await claim('sam', ticketId, 'The customer rang me just now.'))).toContain('You are on it')
  await desk.settle()
  const [notice, ...more] = noticesTo(desk, 'nora').slice(before)
  expect(more).toEqual([])
  expect(notice?.subject).toMatch(/^TKT-\d{6}: Sam took it over$/)
  expect(notice?.text).toContain('The customer rang me just now.')
  expect(await holderOf(ticketId)).toBe('Sam')
  expect(textOf(await desk.as('sam').call(claimTakeoverCard, { params: { ticketId } }))).toContain('Nobody is on it')
})

test('the word with which somebody took over is sealed', async () => {
  const { ticketId } = await given()
  await claim('nora', ticketId)
  await claim('sam', ticketId, 'Lunch is over')
  const rows = await inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.claimTakeover.findMany({ where: { ticketId } }),
    {
      reads: true,
    },
  )
  expect(rows.map(({ word }) => Buffer.from(word).includes('Lunch'))).toEqual([false])
})

test('a ticket is let go by who is on it and by nobody else', async () => {
  const { ticketId } = await given()
  await claim('nora', ticketId)
  await desk.as('sam').call(releaseTicket, { params: { ticketId } })
  expect(await holderOf(ticketId)).toBe('Nora')
  expect(saidOn(await desk.as('nora').call(releaseTicket, { params: { ticketId } }))).not.toContain('You are on it')
  await desk.as('nora').call(releaseTicket, { params: { ticketId } })
  expect(await holderOf(ticketId)).toBeNull()
  const released = (await desk.events('claim.released')).filter((event) => event.ticketId === ticketId)
  expect(released).toHaveLength(1)
})

test('how long somebody was on a ticket is their time on it: until they are done, else until the last thing that they did', async () => {
  const { ticketId } = await given()
  const params = { ticketId }
  await claim('nora', ticketId)
  await desk.travel('3 min')
  await desk.as('nora').call(releaseTicket, { params })
  await claim('sam', ticketId)
  await desk.travel('4 min')
  await desk.as('sam').call(noteTicket, { params, body: { text: 'Rang them' } })
  await desk.travel('2 min')
  await claim('vera', ticketId, 'I know her')
  await desk.travel('11 min')
  await claim('ada', ticketId)
  const times = await inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.handleTime.findMany({ where: { ticketId } }), {
    reads: true,
  })
  const minutesOf = (name: StaffName) =>
    Math.round((times.find(({ staffId }) => staffId === desk.staff[name].id)?.seconds ?? 0) / 60)
  expect([minutesOf('nora'), minutesOf('sam'), minutesOf('vera'), minutesOf('ada')]).toEqual([3, 4, 1, 0])
})

test('a second answer that is found in the mailbox within the claim is told to both, once', async () => {
  const on = await given()
  await claim('nora', on.ticketId)
  const before = { nora: noticesTo(desk, 'nora').length, sam: noticesTo(desk, 'sam').length }
  desk.clock.travel(60_000)
  await answered('nora', on)
  desk.clock.travel(60_000)
  await answered('sam', on)
  desk.clock.travel(60_000)
  await answered('sam', on)
  const told = (name: 'nora' | 'sam') =>
    noticesTo(desk, name)
      .slice(before[name])
      .map(({ text }) => text)
  expect(told('nora')).toEqual([expect.stringContaining('Sam answered the customer of TKT-')])
  expect(told('sam')).toEqual([expect.stringContaining('while Nora was on it')])
  expect((await desk.events('claim.doubled')).filter(({ ticketId }) => ticketId === on.ticketId)).toHaveLength(1)
  expect(saidOn(await cardFor('nora', on.ticketId))).toContain('Sam answered meanwhile.')
})

test('an answer after the claim ran out, or by who is on it, disturbs nobody', async () => {
  const on = await given()
  await claim('nora', on.ticketId)
  await answered('nora', on)
  await desk.travel('11 min')
  await answered('sam', on)
  const doubled = (await desk.events('claim.doubled')).filter((event) => event.ticketId === on.ticketId)
  expect(doubled).toEqual([])
})

test('an answer that names no agent is of whoever was on the ticket when it left', async () => {
  const [mine, nobodys] = [await given(), await given()]
  await claim('sam', mine.ticketId)
  desk.clock.travel(60_000)
  const left = desk.clock.now()
  await desk.travel('12 min') // read late, when the claim is over
  for (const { from, mail } of [mine, nobodys]) {
    const headers = [`From: ${SUPPORT}`, `To: ${from}`, 'Subject: Re: My order', `In-Reply-To: ${mail}`].join('\r\n')
    desk.google.users.send('archive@fern.example', { bytes: Buffer.from(`${headers}\r\n\r\nHere.`), at: left })
  }
  await desk.settle()
  const authorOn = async ({ ticketId }: { ticketId: string }) =>
    (await cardFor('nora', ticketId)).messages.find(({ direction }) => direction === 'out')?.author.name
  expect(await authorOn(mine)).toBe('Sam')
  expect(await authorOn(nobodys)).toBe('Someone on the team')
})

test('how long a claim lives is a setting', async () => {
  await desk.as('ada').call(writeClaimSettings, { body: { minutes: 25 } })
  const { ticketId } = await given()
  await claim('nora', ticketId)
  expect(await minutesLeft(ticketId)).toBe(25)
  await desk.as('ada').call(writeClaimSettings, { body: { minutes: 10 } })
  const changes = (await desk.events('setting.changed')).map(({ payload }) => (payload as { setting: string }).setting)
  expect(changes.filter((setting) => setting === 'claims')).toHaveLength(2)
})

test('whoever leaves the desk is on nothing any more', async () => {
  const { ticketId } = await given()
  await claim('sam', ticketId)
  await deactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId))
  expect(await holderOf(ticketId)).toBeNull()
  await reactivateStaff(desk.ctx, desk.workspaceId, desk.staff.sam.email, systemOf(desk.workspaceId))
})

test('a claim needs a ticket, and is no business of finance', async () => {
  const nowhere = '01890000-0000-7000-8000-000000000000'
  expect((await refusalOf(claim('nora', nowhere))).code).toBe('not_found')
  expect((await refusalOf(claim('frank', (await given()).ticketId))).code).toBe('forbidden')
})
