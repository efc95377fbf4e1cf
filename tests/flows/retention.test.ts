import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { retentionJobs } from '../../backend/features/retention/index.ts'
import { forgetKeys } from '../../backend/features/settings/index.ts'
import { enqueue, type Job } from '../../backend/platform/jobs.ts'
import { inWorkspace, type Tx } from '../../backend/platform/tenancy.ts'
import {
  getRetentionSettings,
  liftLegalHold,
  listForgettingRuns,
  listLegalHolds,
  placeLegalHold,
  previewRetention,
  putRetentionSettings,
  type RetentionMode,
} from '../../shared/retention.ts'
import { createTicket, getTicket, listMessages, moveTicket, noteTicket } from '../../shared/tickets.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt } from '../support/customer-mail.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { pageReader } from '../support/page-reader.ts'
import { dumpOf } from '../support/whole-dump.ts'

let desk: Desk
beforeEach(async () => {
  desk = await startDesk()
})
afterEach(() => desk.stop())

const read = <T>(work: (tx: Tx) => Promise<T>) => inWorkspace(desk.ctx, desk.workspaceId, work, { reads: true })

/** A ticket with a mail and a note that hold the word, closed when told so. */
async function ticketSaying(word: string, from: string, closed = true): Promise<string> {
  const { id } = await mailAt(desk).cardOfNew({ from, subject: `About ${word}`, text: `It is ${word}.` })
  await desk.as('nora').call(noteTicket, { params: { ticketId: id }, body: { text: `Noted ${word}` } })
  if (closed) await close(id)
  return id
}

const close = (ticketId: string) => move(ticketId, 'closed')

async function move(ticketId: string, status: 'solved' | 'closed') {
  const { version } = await desk.as('nora').call(getTicket, { params: { ticketId } })
  await desk.as('nora').call(moveTicket, { params: { ticketId }, body: { status, version } })
}

const rule = (months: number | null, mode: RetentionMode) =>
  desk.as('ada').call(putRetentionSettings, { body: { months, mode } })

/** What the schedule does at night. */
async function night() {
  const sweep = retentionJobs.find(({ name }) => name === 'retention:sweep') as Job<object, never>
  await inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await enqueue(tx, forgetKeys, {})
    await enqueue(tx, sweep, {})
  })
  await desk.settle()
}

const reports = async () => (await desk.as('vera').call(listForgettingRuns)).items

test('nothing is forgotten while nobody has set a rule', async () => {
  await ticketSaying('erdbeerwein', 'ada@home.example')
  await desk.travel('900 days')
  expect(await desk.as('vera').call(getRetentionSettings)).toEqual({ months: null, mode: 'anonymise' })
  await night()
  expect(await reports()).toEqual([])
  expect((await dumpOf(desk)).placesOf('erdbeerwein')).not.toEqual([])
})

test('anonymising takes words and people; ids, times, numbers and events stay', async () => {
  const ticketId = await ticketSaying('erdbeerwein', 'oskar.olivenbaum@home.example')
  const before = await read((tx) => tx.message.findMany({ where: { ticketId }, orderBy: { id: 'asc' } }))
  const recorded = await read((tx) => tx.event.count({ where: { ticketId } }))
  await desk.travel('400 days')
  await rule(12, 'anonymise')
  await night()
  const dump = await dumpOf(desk)
  expect(dump.placesOf('erdbeerwein')).toEqual([])
  expect(dump.placesOf('olivenbaum')).toEqual([])
  const ticket = await desk.as('nora').call(getTicket, { params: { ticketId } })
  expect(ticket).toMatchObject({
    subject: '(forgotten)',
    status: 'closed',
    customer: { name: '(forgotten)', email: '' },
  })
  const after = await read((tx) => tx.message.findMany({ where: { ticketId }, orderBy: { id: 'asc' } }))
  expect(after.map(({ id, sentAt, direction }) => ({ id, sentAt, direction }))).toEqual(
    before.map(({ id, sentAt, direction }) => ({ id, sentAt, direction })),
  )
  const { items } = await desk.as('nora').call(listMessages, { params: { ticketId } })
  expect(items.map(({ text }) => text)).toEqual(items.map(() => '(forgotten)'))
  expect(await read((tx) => tx.event.count({ where: { ticketId } }))).toBe(recorded + 1)
})

test('deleting takes the rows as well; the record of what happened stays', async () => {
  const ticketId = await ticketSaying('erdbeerwein', 'oskar.olivenbaum@home.example')
  await desk.travel('400 days')
  await rule(12, 'delete')
  await night()
  expect(await read((tx) => tx.ticket.count({ where: { id: ticketId } }))).toBe(0)
  expect(await read((tx) => tx.message.count({ where: { ticketId } }))).toBe(0)
  expect(await read((tx) => tx.customer.count({ where: { name: { not: '' } } }))).toBe(0)
  expect(await read((tx) => tx.rawMail.count())).toBe(0)
  expect((await desk.events('ticket.created')).length).toBe(1)
  expect(await desk.events('ticket.forgotten')).toMatchObject([
    { ticketId, actorKind: 'system', payload: { mode: 'delete' } },
  ])
  expect((await dumpOf(desk)).placesOf('olivenbaum')).toEqual([])
})

test('open tickets and young ones stay as they are, and so does who wrote them', async () => {
  const open = await ticketSaying('erdbeerwein', 'oskar@home.example', false)
  await ticketSaying('pflaumenmus', 'oskar@home.example')
  await desk.travel('400 days')
  const mail = {
    messageId: '<q@home.example>',
    subject: 'About quittenbrot',
    from: 'lena@home.example',
    text: 'It is quittenbrot.',
  }
  const young = (
    await desk.as('nora').call(createTicket, { body: { ...mail, sentAt: desk.clock.now().toISOString() } })
  ).id
  await close(young)
  await rule(12, 'anonymise')
  await night()
  const words = async (id: string) => (await desk.as('nora').call(getTicket, { params: { ticketId: id } })).subject
  expect(await words(open)).toBe('About erdbeerwein')
  expect(await words(young)).toBe('About quittenbrot')
  expect((await dumpOf(desk)).placesOf('pflaumenmus')).toEqual([])
  expect(await read((tx) => tx.customer.count({ where: { name: 'oskar@home.example' } }))).toBe(1)
})

test('solved tickets are forgotten as well where nothing ever closes them, and an answer to one opens a ticket of its own', async () => {
  const from = 'oskar.olivenbaum@home.example'
  const mail = mailAt(desk)
  const messageId = await mail.write({ from, subject: 'About erdbeerwein', text: 'It is erdbeerwein.' })
  const { id: ticketId } = await mail.card(messageId)
  await move(ticketId, 'solved')
  const young = await ticketSaying('quittenbrot', 'lena@home.example', false)
  await desk.travel('40 days')
  await move(young, 'solved')
  await rule(1, 'anonymise')
  expect(await desk.as('vera').call(previewRetention, { query: { months: 1 } })).toMatchObject({ tickets: 1 })
  await night()
  const left = async (id: string) => (await desk.as('nora').call(getTicket, { params: { ticketId: id } })).subject
  expect([await left(ticketId), await left(young)]).toEqual(['(forgotten)', 'About quittenbrot'])
  expect((await dumpOf(desk)).placesOf('erdbeerwein')).toEqual([])
  expect((await desk.events('ticket.moved')).at(-1)).toMatchObject({
    ticketId,
    actorKind: 'system',
    payload: { from: 'solved', to: 'closed' },
  })
  const again = await mail.write({ from, subject: 'Re: it', text: 'Still here?', inReplyTo: messageId })
  await archiveOf(desk).poll() // a watch ends within a week of a travelling clock
  expect((await mail.card(again)).id).not.toBe(ticketId)
})

test('the preview counts what a rule would touch, and changes nothing', async () => {
  for (const word of ['eins', 'zwei', 'drei']) await ticketSaying(`birne${word}`, `${word}@home.example`)
  await ticketSaying('birnevier', 'vier@home.example', false)
  await desk.travel('400 days')
  const preview = (months: number) => desk.as('vera').call(previewRetention, { query: { months } })
  expect(await preview(12)).toMatchObject({ tickets: 3, held: 0 })
  expect(await preview(24)).toMatchObject({ tickets: 0, held: 0 })
  expect((await dumpOf(desk)).placesOf('birneeins')).not.toEqual([])
  expect(await reports()).toEqual([])
})

test('what is held stays until the hold is lifted: a ticket, and all of a customer', async () => {
  const held = await ticketSaying('brombeere', 'anna@home.example')
  const ofHeld = await ticketSaying('himbeere', 'berta@home.example')
  const free = await ticketSaying('stachelbeere', 'carla@home.example')
  const { customer } = await desk.as('nora').call(getTicket, { params: { ticketId: ofHeld } })
  const hold = (about: 'ticket' | 'customer', subjectId: string) =>
    desk.as('ada').call(placeLegalHold, { body: { about, subjectId, reason: 'Case 12/2026' } })
  const first = await hold('ticket', held)
  expect(await hold('ticket', held)).toMatchObject({ id: first.id })
  await hold('customer', customer.id)
  await desk.travel('400 days')
  await rule(12, 'delete')
  expect(await desk.as('vera').call(previewRetention, { query: { months: 12 } })).toMatchObject({ tickets: 1, held: 2 })
  await night()
  const left = async () => (await read((tx) => tx.ticket.findMany({ select: { id: true } }))).map(({ id }) => id).sort()
  expect(await left()).toEqual([held, ofHeld].sort())
  expect(await read((tx) => tx.ticket.count({ where: { id: free } }))).toBe(0)
  await desk.as('ada').call(liftLegalHold, { params: { holdId: first.id } })
  await night()
  expect(await left()).toEqual([ofHeld])
  const { items } = await desk.as('vera').call(listLegalHolds)
  expect(items.map(({ about, liftedAt }) => [about, liftedAt !== null])).toEqual([
    ['customer', false],
    ['ticket', true],
  ])
  const ada = pageReader(desk, 'ada')
  const { text } = await ada.open('/settings/retention/holds')
  expect(text).toContain(`href="/settings/retention/customers/${customer.id}"`) // where it can be looked at
  expect(text).not.toContain(`/desk/tickets/${held}`) // it is gone
  const vera = pageReader(desk, 'vera')
  expect((await vera.open('/settings/retention/holds')).text).not.toContain(customer.id) // that page is for admins
  expect(vera.words()).toMatch(/Case 12\/2026 ?This customer, with every ticket, held since .* by Ada/)
  expect((await desk.events('hold.placed')).length).toBe(2)
  expect((await desk.events('hold.lifted')).length).toBe(1)
})

test('a round that is killed goes on behind its last piece: every ticket is forgotten once, and counted once', async () => {
  const ids: string[] = []
  for (let count = 0; count < 45; count++)
    ids.push((await mailAt(desk).cardOfNew({ from: `k${count}@home.example`, text: 'kirschkern' })).id)
  await inWorkspace(desk.ctx, desk.workspaceId, (tx) =>
    tx.ticket.updateMany({ where: { id: { in: ids } }, data: { status: 'closed' } }),
  )
  await desk.travel('400 days')
  await rule(12, 'anonymise')
  // The second piece dies in the middle of its transaction, as if the process were killed there.
  const real = desk.ctx.keyring.box
  let calls = 0
  desk.ctx.keyring.box = (tx) => {
    calls++
    if (calls === 2) throw Object.assign(new Error('The connection ended'), { code: 'P1017' })
    return real(tx)
  }
  await night()
  desk.ctx.keyring.box = real
  const [cut] = await reports()
  expect(cut).toMatchObject({ state: 'running', counts: { tickets: 20 } })
  await desk.travel('1 h')
  await desk.settle()
  const [whole] = await reports()
  expect(whole).toMatchObject({
    id: cut?.id,
    state: 'done',
    failed: 0,
    counts: { tickets: 45, messages: 45, raw_mails: 45 },
  })
  expect((await desk.events('ticket.forgotten')).map(({ ticketId }) => ticketId).sort()).toEqual(ids.sort())
  expect((await dumpOf(desk)).placesOf('kirschkern')).toEqual([])
})

test('a ticket that cannot be forgotten stops no other: the report names it by its id and a code', async () => {
  const bad = await ticketSaying('melone', 'mia@home.example')
  const good = await ticketSaying('limette', 'lia@home.example')
  await desk.travel('400 days')
  await rule(12, 'anonymise')
  const owner = await ownerOf(desk.database)
  await owner.query(
    `create function public.refuse() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`,
  )
  await owner.query(
    `create trigger refuse before update on desk.ticket for each row when (new.id = '${bad}' and new.subject = '(forgotten)') execute function public.refuse()`,
  )
  await owner.end()
  await night()
  const [report] = await reports()
  expect(report).toMatchObject({
    state: 'done',
    failed: 1,
    failures: [{ id: bad, problem: 'failed' }],
    counts: { tickets: 1 },
  })
  const ada = pageReader(desk, 'ada')
  await ada.open('/settings/retention')
  expect(ada.words()).toContain('1 could not be forgotten A ticket The log of whoever runs this desk says why.')
  expect(ada.words()).not.toContain(bad)
  await ada.follow('A ticket')
  expect([ada.page().path, ada.page().status]).toEqual([`/desk/tickets/${bad}`, 200])
  const subjectOf = async (ticketId: string) =>
    (await desk.as('nora').call(getTicket, { params: { ticketId } })).subject
  expect(await subjectOf(good)).toBe('(forgotten)')
  expect(await subjectOf(bad)).toBe('About melone')
})

test('a rule is a setting: what it was and became is in the audit', async () => {
  await rule(12, 'delete')
  await rule(null, 'delete')
  const changes = (await desk.events('setting.changed')).filter(({ actorId }) => actorId === desk.staff.ada.id)
  expect(changes.map(({ payload }) => (payload as { setting: string }).setting)).toEqual(['retention', 'retention'])
  await expect(
    desk.as('vera').call(putRetentionSettings, { body: { months: 1, mode: 'delete' } }),
  ).rejects.toMatchObject({ code: 'forbidden' })
})
