import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { sync } from '../../backend/features/intake/syncing.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { listSuspectedSpam } from '../../shared/spam.ts'
import { listTickets } from '../../shared/tickets.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { rawMail } from '../support/raw-mail.ts'

const ARCHIVE = 'archive@fern.example'

let desk: Desk
let mail: ReturnType<typeof mailAt>
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk()
  mail = mailAt(desk)
  archive = archiveOf(desk)
})
afterAll(() => desk.stop())

async function outOfSpam(gmailId: string): Promise<void> {
  const answer = await fetch(`${desk.google.url}/gmail/v1/users/me/messages/${gmailId}/modify`, {
    method: 'POST',
    headers: { authorization: `Bearer ${desk.google.users.accessToken(ARCHIVE)}`, 'content-type': 'application/json' },
    body: JSON.stringify({ removeLabelIds: ['SPAM'], addLabelIds: ['INBOX'] }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

test('a mail that is taken out of spam just while it is read becomes a ticket', async () => {
  const { mailParser } = desk.ctx
  const sent = await desk.google.customers.write({
    from: someone(),
    to: SUPPORT,
    subject: 'Rescued while it was read',
    text: 'x',
    spam: true,
  })
  Object.assign(desk.ctx, {
    mailParser: {
      ...mailParser,
      parse: async (...asked: Parameters<typeof mailParser.parse>) => {
        Object.assign(desk.ctx, { mailParser })
        await outOfSpam(archive.idOf(sent))
        await sync(desk.ctx, desk.workspaceId, { mailboxId: desk.mailbox.mailboxId })
        return mailParser.parse(...asked)
      },
    },
  })
  await desk.settle()
  expect(await archive.endingOf(archive.idOf(sent))).toMatchObject({ state: 'ended', outcome: 'ticket' })
  expect(await mail.find(sent.messageId)).toMatchObject({ status: 'new' })
  expect((await desk.as('nora').call(listSuspectedSpam, { query: {} })).items).toEqual([])
})

/** A mail that the change feed tells of now, and that Google took then. */
async function toldNow(subject: string, at: Date) {
  const from = someone()
  const messageId = `<${subject.replace(/\s/g, '-')}@home.example>`
  const raw = rawMail({ From: from, To: SUPPORT, Subject: subject, 'Message-ID': messageId }, 'x')
  const sent = desk.google.deliver(raw, { from, to: [SUPPORT] }, { at })
  await desk.settle()
  return { ...(await archive.endingOf(archive.idOf(sent))), status: (await mail.find(messageId))?.status }
}

test('an old archive that somebody moves into the mailbox is history, though the change feed tells of it as new', async () => {
  const connectedAt = (await archive.mailbox()).createdAt
  const before = (days: number) => new Date(connectedAt.getTime() - days * 86_400_000)
  const clocks = () =>
    inWorkspace(desk.ctx, desk.workspaceId, (tx) => tx.slaClock.count({ where: { workspaceId: tx.workspaceId } }), {
      reads: true,
    })
  const started = await clocks()
  expect(await toldNow('Of last year', before(400))).toMatchObject({ historical: true, status: 'closed' })
  expect(await toldNow('Of two days ago', before(2))).toMatchObject({ historical: true, status: 'closed' })
  expect(await clocks()).toBe(started)
  expect(await toldNow('On its way', before(0.01))).toMatchObject({ historical: false, status: 'new' })
  expect(await clocks()).toBeGreaterThan(started)
})

test.each([
  ['the year 0', '0000-01-01T00:00:00Z', 'closed'],
  ['a year before Christ', '-000500-01-01T00:00:00Z', 'closed'],
  ['the year 10000', '+010000-01-01T11:59:59Z', 'new'],
  ['the last day that a clock can tell', '+275760-09-13T00:00:00Z', 'new'],
])(
  'a mail that was imported with a date of %s is a ticket, holds up no other, and lists go on',
  async (name, at, status) => {
    const odd = await toldNow(`Imported ${name}`, new Date(at))
    expect(odd).toMatchObject({ outcome: 'ticket', status })
    expect(await toldNow(`After ${name}`, desk.clock.now())).toMatchObject({ status: 'new' })
    const { items } = await desk.as('nora').call(listTickets, { query: { view: 'open', limit: 100 } })
    expect(items.map(({ subject }) => subject)).toContain(`After ${name}`)
    expect((await archive.mailbox()).cursor).toBe(desk.google.users.historyId(ARCHIVE))
  },
)

test('an old mail whose bytes come at the second try is history all the same', async () => {
  desk.google.faults.add({ method: 'gmail.users.messages.get', kind: '500', user: ARCHIVE, times: 1 })
  const at = new Date((await archive.mailbox()).createdAt.getTime() - 300 * 86_400_000)
  await toldNow('Tried twice', at)
  desk.google.faults.clear()
  await archive.poll()
  expect(await mail.find('<Tried-twice@home.example>')).toMatchObject({ status: 'closed' })
})
