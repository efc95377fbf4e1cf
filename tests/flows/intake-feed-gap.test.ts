import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openMailbox } from '../../backend/features/intake/index.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { addMailRule, listMailRules, moveMailRule } from '../../shared/mail-rules.ts'
import { listSuspectedSpam } from '../../shared/spam.ts'
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

async function arrives(subject: string, spam = false) {
  const sent = await desk.google.customers.write({ from: someone(), to: SUPPORT, subject, text: 'x', spam })
  await desk.settle()
  return { id: archive.idOf(sent), messageId: sent.messageId }
}

/** As somebody who works in the archive account would. */
async function inArchive(method: 'POST' | 'DELETE', path: string, body: object = {}): Promise<void> {
  const answer = await fetch(`${desk.google.url}/gmail/v1/users/me/messages/${path}`, {
    method,
    headers: {
      authorization: `Bearer ${desk.google.users.accessToken(ARCHIVE)}`,
      'content-type': 'application/json',
    },
    ...(method === 'POST' && { body: JSON.stringify(body) }),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

const rowOf = (gmailId: string) =>
  inWorkspace(
    desk.ctx,
    desk.workspaceId,
    (tx) => tx.mailboxMail.findFirstOrThrow({ where: { workspaceId: desk.workspaceId, gmailId } }),
    { reads: true },
  )

const toldOf = async (messageId: string) => {
  const ticketId = (await mail.find(messageId))?.id
  return (await desk.events('mail.moved'))
    .filter((event) => event.ticketId === ticketId)
    .map(({ payload }) => (payload as { to: string }).to)
}

/** Nobody is told of what happens, and the change feed forgets it. */
async function hole(work: () => Promise<void>): Promise<void> {
  await work()
  desk.google.users.forgetHistory(ARCHIVE)
  await archive.poll()
}

const calls = (method: string) => desk.google.quota.of(ARCHIVE).calls[`gmail.users.${method}`] ?? 0

test('what people moved and deleted while the feed had a hole is told on its tickets, as the feed would have told it', async () => {
  const [trashed, spammed, deleted, back, left] = [
    await arrives('Trashed'),
    await arrives('Spammed'),
    await arrives('Deleted'),
    await arrives('Back'),
    await arrives('Left alone'),
  ]
  await inArchive('POST', `${back.id}/trash`)
  await desk.settle()
  const looks = calls('messages.get')
  await hole(async () => {
    await inArchive('POST', `${trashed.id}/trash`)
    await inArchive('POST', `${spammed.id}/modify`, { addLabelIds: ['SPAM'] })
    await inArchive('DELETE', deleted.id)
    await inArchive('POST', `${back.id}/untrash`)
  })
  expect(await toldOf(trashed.messageId)).toEqual(['trash'])
  expect(await toldOf(spammed.messageId)).toEqual(['spam'])
  expect(await toldOf(deleted.messageId)).toEqual(['deleted'])
  expect(await toldOf(back.messageId)).toEqual(['trash', 'back'])
  expect(await toldOf(left.messageId)).toEqual([])
  expect(calls('messages.get') - looks).toBe(4) // labels are asked of what was moved, and of nothing else
  for (const { messageId } of [trashed, spammed, deleted, back])
    expect(await mail.find(messageId)).toMatchObject({ status: 'new', messageCount: 1 })
})

test('a second hole tells nothing twice and asks for no labels again', async () => {
  const [told, looks] = [(await desk.events('mail.moved')).length, calls('messages.get')]
  await hole(() => Promise.resolve())
  expect(await desk.events('mail.moved')).toHaveLength(told)
  expect(calls('messages.get')).toBe(looks)
})

test('a mail that was taken out of spam meanwhile is suspected no more and becomes a ticket; one that stayed there stays suspected', async () => {
  const [rescued, kept] = [await arrives('Rescued in the hole', true), await arrives('Kept in spam', true)]
  await hole(() => inArchive('POST', `${rescued.id}/modify`, { removeLabelIds: ['SPAM'], addLabelIds: ['INBOX'] }))
  expect(await mail.find(rescued.messageId)).toMatchObject({ subject: 'Rescued in the hole', status: 'new' })
  expect(await archive.endingOf(kept.id)).toMatchObject({ outcome: 'suspected_spam' })
  const { items } = await desk.as('nora').call(listSuspectedSpam, { query: {} })
  expect(items.map(({ subject }) => subject)).toEqual(['Kept in spam'])
})

test('a label that a rule asks for and that was put on meanwhile is judged', async () => {
  const ada = desk.as('ada')
  const gmail = await openMailbox(desk.ctx, desk.workspaceId, desk.mailbox.mailboxId)
  const label = await gmail.createLabel('For the desk')
  const { version } = await ada.call(listMailRules)
  const matches = { recipients: [], labels: ['for the desk'], senders: [], kinds: [], subjects: [] }
  const body = { name: 'Wanted', active: true, mailboxId: null, outcome: 'ticket' as const, matches, version }
  const added = await ada.call(addMailRule, { body })
  const mailRuleId = added.items.at(-1)?.id ?? ''
  await ada.call(moveMailRule, { params: { mailRuleId }, body: { position: 1, version: added.version } })
  const news = (n: number) =>
    desk.google.deliver(
      rawMail(
        {
          From: 'deals@news.example',
          To: SUPPORT,
          Subject: `News ${n}`,
          'Message-ID': `<news${n}@news.example>`,
          'List-Unsubscribe': '<https://news.example/out>',
          Precedence: 'bulk',
        },
        'text',
      ),
      { from: 'deals@news.example', to: [SUPPORT] },
    )
  const [labelled, plain] = [archive.idOf(news(1)), archive.idOf(news(2))]
  await desk.settle()
  expect(await archive.endingOf(labelled)).toMatchObject({ outcome: 'ignored', reason: 'mail_rule' })
  await hole(() => inArchive('POST', `${labelled}/modify`, { addLabelIds: [label.id] }))
  expect(await mail.find('<news1@news.example>')).toMatchObject({ subject: 'News 1', status: 'new' })
  expect(await archive.endingOf(plain)).toMatchObject({ outcome: 'ignored', reason: 'mail_rule' })
})

test('a comparison that Gmail breaks off goes on where it was, and tells each move once', async () => {
  const [one, two] = [await arrives('Broken off'), await arrives('Broken off, too')]
  desk.google.faults.add({ method: 'gmail.users.messages.get', kind: '503', user: ARCHIVE, times: 20 })
  await hole(async () => {
    await inArchive('POST', `${one.id}/trash`)
    await inArchive('POST', `${two.id}/trash`)
  })
  expect((await archive.mailbox()).resyncPage).toMatch(/^compare:/)
  desk.google.faults.clear()
  await archive.poll()
  expect((await archive.mailbox()).resyncPage).toBeNull()
  expect(await toldOf(one.messageId)).toEqual(['trash'])
  expect(await toldOf(two.messageId)).toEqual(['trash'])
})

test('a comparison under a small quota follows what it could ask about in each turn, and comes to its end', async () => {
  const moved: Awaited<ReturnType<typeof arrives>>[] = []
  for (let n = 0; n < 8; n++) moved.push(await arrives(`Small quota ${n}`))
  await paced(600)
  await hole(async () => {
    for (const { id } of moved) await inArchive('POST', `${id}/trash`)
  })
  const looks = calls('messages.get')
  for (let turn = 0; turn < 100; turn++) {
    await desk.travel('3 s')
    await desk.settle()
  }
  expect((await archive.mailbox()).resyncPage).toBeNull()
  await paced(null)
  for (const { messageId } of moved) expect(await toldOf(messageId)).toEqual(['trash'])
  expect(calls('messages.get') - looks).toBeLessThan(2 * moved.length) // nobody is asked about again and again
})

/** The quota of the mailbox: from an empty bucket on, or the usual one from a full bucket on. */
const paced = (unitsPerMinute: number | null) =>
  inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await tx.mailbox.updateMany({ where: { workspaceId: desk.workspaceId }, data: { unitsPerMinute } })
    await tx.mailboxPace.updateMany({
      where: { workspaceId: desk.workspaceId },
      data: { level: unitsPerMinute === null ? 1e9 : 0, at: tx.now },
    })
  })

test('a draft that was sent while the feed had a hole is a mail of the team; one that is a draft still is left alone', async () => {
  const draft = async (subject: string) => {
    const raw = rawMail({ From: SUPPORT, To: someone(), Subject: subject, 'Message-ID': `<${subject}@x.example>` }, 'x')
    const answer = await fetch(`${desk.google.url}/gmail/v1/users/me/drafts`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${desk.google.users.accessToken(ARCHIVE)}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ message: { raw: raw.toString('base64url') } }),
    })
    return ((await answer.json()) as { message: { id: string } }).message.id
  }
  const [sent, thrownAway, kept] = [await draft('sent'), await draft('thrown-away'), await draft('kept')]
  await archive.poll()
  for (const id of [sent, thrownAway, kept])
    expect(await archive.endingOf(id)).toMatchObject({ outcome: 'ignored', reason: 'draft' })
  await hole(async () => {
    await inArchive('POST', `${sent}/modify`, { addLabelIds: ['SENT'], removeLabelIds: ['DRAFT'] })
    await inArchive('POST', `${thrownAway}/modify`, { addLabelIds: ['TRASH'], removeLabelIds: ['DRAFT'] })
  })
  expect(await archive.endingOf(sent)).toMatchObject({ state: 'ended', outcome: 'ticket' })
  for (const id of [thrownAway, kept])
    expect(await archive.endingOf(id)).toMatchObject({ outcome: 'ignored', reason: 'draft' })
})

test('spam that somebody only threw away stays suspected, in a hole as in the feed; taken out of the trash it is a ticket', async () => {
  const [inFeed, inHole] = [await arrives('Thrown away', true), await arrives('Thrown away in the hole', true)]
  const toTrash = (id: string) =>
    inArchive('POST', `${id}/modify`, { removeLabelIds: ['SPAM'], addLabelIds: ['TRASH'] })
  await toTrash(inFeed.id)
  await desk.settle()
  await hole(() => toTrash(inHole.id))
  for (const { id } of [inFeed, inHole])
    expect(await archive.endingOf(id)).toMatchObject({ state: 'ended', outcome: 'suspected_spam' })
  await inArchive('POST', `${inFeed.id}/untrash`)
  await desk.settle()
  await hole(() => inArchive('POST', `${inHole.id}/untrash`))
  for (const { messageId } of [inFeed, inHole]) expect(await mail.find(messageId)).toMatchObject({ status: 'new' })
})

test('more mail than one answer of Gmail lists is compared in halves, and years without mail are passed over', async () => {
  const at = new Date(desk.clock.now().getTime() - 900 * 86_400_000)
  const ids: string[] = []
  for (let n = 0; n < 620; n++) {
    const from = `many${n}@home.example`
    const raw = rawMail({ From: from, To: SUPPORT, Subject: 'Many', 'Message-ID': `<many${n}@x.example>` }, 'x')
    ids.push(
      archive.idOf(desk.google.deliver(raw, { from, to: [SUPPORT] }, { at: new Date(at.getTime() + n * 60_000) })),
    )
    if (n % 100 === 99) await desk.settle()
  }
  await desk.settle()
  const lists = calls('messages.list')
  await hole(() => inArchive('POST', `${ids[3]}/trash`))
  expect((await rowOf(ids[3] ?? '')).movedTo).toBe('trash')
  expect((await rowOf(ids[4] ?? '')).movedTo).toBeNull()
  expect((await archive.mailbox()).resyncPage).toBeNull()
  expect(calls('messages.list') - lists).toBeLessThan(40)
})
