import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { tokenAddress } from '../../backend/features/tickets/index.ts'
import { newId } from '../../backend/platform/ids.ts'
import { createSigner } from '../../backend/platform/signer.ts'
import { assignTicket, listTimeline } from '../../shared/tickets.ts'
import { someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { threadingAt, wordsOn } from '../support/threading-desk.ts'

let desk: Desk
let at: ReturnType<typeof threadingAt>
beforeAll(async () => {
  desk = await startDesk()
  at = threadingAt(desk)
})
afterAll(() => desk.stop())

let ids = 0
const anId = () => `thread${++ids}@home.example`

/** A ticket of somebody's first mail. */
async function first(more: { subject?: string } = {}) {
  const [from, id] = [someone(), anId()]
  return { from, id, ticket: await at.wrote({ from, id, ...more }) }
}

const numberOf = (number: string) => Number(number.slice('TKT-'.length))

const tokenOf = ({ number }: { number: string }, { workspaceId = desk.workspaceId, signer = desk.ctx.signer } = {}) =>
  tokenAddress(signer, workspaceId, SUPPORT, numberOf(number), null)

test.each(['To', 'Cc', 'Delivered-To'])(
  'our answer address brings a mail to its ticket when it stands in %s',
  async (where) => {
    const { ticket } = await first()
    const id = anId()
    const token = tokenOf(ticket)
    const mail = { from: someone(), id, subject: 'Something else' }
    const card = await at.wrote(where === 'To' ? { ...mail, to: token } : { ...mail, headers: { [where]: token } })
    expect(card.id).toBe(ticket.id)
    expect((await at.whys(ticket.id)).at(-1)).toBe('Here because it was sent to the answer address of this ticket')
  },
)

test('an answer address that another workspace signed, that somebody made up, or whose key is gone does nothing', async () => {
  const { ticket } = await first()
  const strange = [
    tokenOf(ticket, { workspaceId: newId() }),
    tokenOf(ticket).replace(/[0-9a-f]{16}@/, '0123456789abcdef@'),
    tokenOf(ticket, { signer: createSigner([Buffer.alloc(32, 7)]) }),
  ]
  for (const to of strange) {
    const card = await at.wrote({ from: someone(), id: anId(), to, envelope: [SUPPORT] })
    expect(card.id).not.toBe(ticket.id)
    expect(await at.whys(card.id)).toEqual(['Here because nothing in it names an earlier mail'])
  }
})

test('In-Reply-To is believed however it is folded and bracketed', async () => {
  const { ticket, id } = await first()
  const [name = '', domain = ''] = id.split('@')
  for (const written of [
    `<${name}\r\n @${domain}>`,
    `${id}`,
    `<${name}@${domain.toUpperCase()}>`,
    `"Ada" <${id}> (of today)`,
  ]) {
    const card = await at.wrote({
      from: someone(),
      id: anId(),
      subject: 'Other words',
      headers: { 'In-Reply-To': written },
    })
    expect(card.id).toBe(ticket.id)
  }
  expect((await at.whys(ticket.id)).slice(1)).toEqual(Array(4).fill('Here because it answers a mail of this ticket'))
})

test.each(['first', 'last'])('of three thousand References the %s one is enough', async (which) => {
  const { ticket, id, from } = await first()
  const others = Array.from({ length: 3_000 }, (_, n) => `unknown-${n}-${id}`)
  const references = which === 'first' ? [id, ...others] : [...others, id]
  const card = await at.wrote({
    from,
    id: anId(),
    headers: { References: references.map((one) => `<${one}>`).join('\r\n ') },
  })
  expect(card.id).toBe(ticket.id)
})

test('References count for the same people or the same subject, and for nobody else', async () => {
  const { ticket, id, from } = await first({ subject: 'The lid' })
  const [sameOne, sameSubject, stranger] = [
    await at.wrote({ from, id: anId(), subject: 'And the jar', references: [id] }),
    await at.wrote({ from: someone(), id: anId(), subject: 'AW: The  lid', references: [id] }),
    await at.wrote({ from: someone(), id: anId(), subject: 'New topic', references: [id] }),
  ]
  expect([sameOne.id, sameSubject.id]).toEqual([ticket.id, ticket.id])
  expect(stranger.id).not.toBe(ticket.id)
})

test('answers to a mail that we never saw are one conversation, and when it comes it is the same one', async () => {
  const [from, unseen] = [someone(), anId()]
  const one = await at.wrote({ from, id: anId(), inReplyTo: unseen })
  const two = await at.wrote({ from, id: anId(), references: [unseen] })
  const late = await at.wrote({ from, id: unseen })
  expect([two.id, late.id]).toEqual([one.id, one.id])
  expect(await at.whys(one.id)).toContain('Here because it belongs to the same conversation as a mail of this ticket')
})

test('two customers who answer the same mail to many, which we never saw, are two tickets', async () => {
  const [unseen, subject] = [anId(), 'Re: Summer sale']
  const [one, other] = [
    await at.wrote({ from: someone(), id: anId(), subject, inReplyTo: unseen, references: [unseen] }),
    await at.wrote({ from: someone(), id: anId(), subject, inReplyTo: unseen, references: [unseen] }),
  ]
  expect(other.id).not.toBe(one.id)
  const both = { to: `${SUPPORT}, news@fern.example`, subject, inReplyTo: unseen }
  const [three, four] = [
    await at.wrote({ from: someone(), id: anId(), ...both }),
    await at.wrote({ from: someone(), id: anId(), ...both }),
  ]
  expect(four.id).not.toBe(three.id)
})

test('friends who answer a mail of one of them, which we never saw, are one conversation', async () => {
  const [unseen, friend] = [anId(), someone()]
  const mail = { to: `${friend}, ${SUPPORT}`, subject: 'Re: Our jars', inReplyTo: unseen }
  const one = await at.wrote({ from: someone(), id: anId(), ...mail })
  const other = await at.wrote({ from: someone(), id: anId(), ...mail })
  expect(other.id).toBe(one.id)
})

test('a mail that comes late and belongs to two tickets makes them one, and that can be taken back', async () => {
  const [from, middle] = [someone(), anId()]
  const { ticket, id } = await first()
  const answer = await at.wrote({ from, id: anId(), inReplyTo: middle, subject: 'Third' })
  expect(answer.id).not.toBe(ticket.id)
  await at.wrote({ from, id: middle, inReplyTo: id, subject: 'Second' })
  const [one, two] = [await at.shown(ticket.id), await at.shown(answer.id)]
  expect([one.messageCount, one.voidReason, two.voidReason]).toEqual([3, null, 'merged'])
  expect(await at.whys(one.id)).toContain('Here because a later mail showed that both tickets are one conversation')
  expect(wordsOn(two)).toContain('[Undo merge]')
})

test('tickets that people work on are never made one by a mail: it is suggested', async () => {
  const [from, middle] = [someone(), anId()]
  const { ticket, id } = await first()
  const answer = await at.wrote({ from, id: anId(), inReplyTo: middle, subject: 'Third' })
  for (const { id: ticketId, version } of [ticket, answer])
    await desk
      .as('nora')
      .call(assignTicket, { params: { ticketId }, body: { assigneeId: desk.staff.nora.id, version } })
  await at.wrote({ from, id: middle, inReplyTo: id, subject: 'Second' })
  const [one, two] = [await at.shown(ticket.id), await at.shown(answer.id)]
  expect([one.voidReason, two.voidReason]).toEqual([null, null])
  expect(wordsOn(two)).toContain(`Maybe belongs to ${ticket.number} «Broken jar»: a mail answers both.`)
})

/** As Outlook writes it: 22 bytes of the conversation, 5 for each answer. */
const threadIndex = (conversation: number, answers: number) =>
  Buffer.concat([Buffer.alloc(22, conversation), Buffer.alloc(5 * answers, 9)]).toString('base64')

test("Outlook's conversation is believed between the same people under the same subject, and not beyond", async () => {
  const [from, subject] = [someone(), 'Jar from Outlook']
  const outlook = (n: number) => ({ 'Thread-Index': threadIndex(77, n) })
  const begun = await at.wrote({ from, id: anId(), subject, headers: outlook(0) })
  const went = await at.wrote({ from, id: anId(), subject: `AW: ${subject}`, headers: outlook(1) })
  const [stranger, elsewhere] = [
    await at.wrote({ from: someone(), id: anId(), subject, headers: outlook(2) }),
    await at.wrote({ from, id: anId(), subject: 'Quite another thing', headers: outlook(2) }),
  ]
  expect(went.id).toBe(begun.id)
  expect(await at.whys(begun.id)).toContain(
    'Here because Outlook numbers it as one conversation with a mail of this ticket',
  )
  expect([stranger.id, elsewhere.id]).not.toContain(begun.id)
})

test("Gmail's conversation is believed of an answer by the same person whose ids are lost", async () => {
  const [from, subject] = [someone(), 'Jar without ids']
  const begun = await at.wrote({ from, id: anId(), subject })
  const went = await at.wrote({ from, id: anId(), subject: `Re: ${subject}` })
  expect(went.id).toBe(begun.id)
  expect((await at.whys(begun.id)).at(-1)).toMatch(/^Here because Gmail holds it in one conversation/)
  const again = await at.wrote({ from, id: anId(), subject })
  expect(again.id).not.toBe(begun.id)
})

test("a ticket number in a subject counts from the ticket's own customer, proved, and from nobody else", async () => {
  const { ticket, from } = await first()
  const subject = `About ${ticket.number}, please`
  const unproved = await at.wrote({ from, id: anId(), subject, authentication: 'fail' })
  const stranger = await at.wrote({ from: someone(), id: anId(), subject })
  const own = await at.wrote({ from, id: anId(), subject })
  expect([unproved.id, stranger.id]).not.toContain(ticket.id)
  expect(own.id).toBe(ticket.id)
})

test('the timeline says why each mail is here', async () => {
  const { ticket, id, from } = await first()
  await at.wrote({ from, id: anId(), inReplyTo: id })
  const { items } = await desk.as('nora').call(listTimeline, { params: { ticketId: ticket.id }, query: { limit: 50 } })
  const words = items.filter(({ type }) => type === 'mail.received').map((entry) => entry.words)
  expect(words).toEqual([
    'Mail received; here because it answers a mail of this ticket',
    'Mail received; here because nothing in it names an earlier mail',
  ])
})
