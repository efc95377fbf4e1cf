import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { processMails } from '../../backend/features/intake/processing.ts'
import { sync } from '../../backend/features/intake/syncing.ts'
import { retryQuarantinedMails } from '../../shared/quarantine.ts'
import { archiveOf } from '../support/archive.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { rawMail } from '../support/raw-mail.ts'
import { until } from '../support/until.ts'

let desk: Desk
let mail: ReturnType<typeof mailAt>
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk({ env: { PARSER_PROCESSES: '2' } })
  mail = mailAt(desk)
  archive = archiveOf(desk)
})
const ends: (() => void)[] = []
afterEach(() => {
  for (const end of ends.splice(0)) end()
})
afterAll(() => desk.stop())

const write = (subject: string, content?: Buffer) =>
  desk.google.customers.write({
    from: someone(),
    to: SUPPORT,
    subject,
    text: 'x',
    ...(content && { attachments: [{ filename: 'a.bin', content, contentType: 'application/octet-stream' }] }),
  })

/** The reader of the mailbox goes on while mails are filed. */
const readAgain = () => sync(desk.ctx, desk.workspaceId, { mailboxId: desk.mailbox.mailboxId })

/** The next file that the desk keeps does not come to its end before it is let go. */
function holdNextFile() {
  const { write } = desk.ctx.objects
  const { promise: released, resolve: letGo } = Promise.withResolvers<void>()
  const { promise: came, resolve: arrived } = Promise.withResolvers<void>()
  desk.ctx.objects.write = async (...asked) => {
    desk.ctx.objects.write = write
    arrived()
    await released
    return write(...asked)
  }
  ends.push(letGo)
  return { came, letGo }
}

const isFiled = (messageId: string) =>
  until('its ticket', async () => (await mail.find(messageId)) !== null, { seconds: 60 })

test('a mail that takes long holds up none that came with it or after it, and is a ticket in the end', async () => {
  const { came, letGo } = holdNextFile()
  const slow = await write('Slow', Buffer.alloc(50_000, 7))
  const beside = await write('Beside it')
  const settled = desk.settle()
  await came
  await isFiled(beside.messageId)
  const after = await write('After it')
  await readAgain()
  await isFiled(after.messageId)
  expect(await mail.find(slow.messageId)).toBeNull()
  letGo()
  await settled
  await desk.settle()
  expect(await mail.find(slow.messageId)).toMatchObject({
    subject: 'Slow',
    messages: [{ attachments: [{ name: 'a.bin' }] }],
  })
  for (const one of [slow, beside, after])
    expect(await archive.endingOf(archive.idOf(one))).toMatchObject({ state: 'ended', outcome: 'ticket' })
})

test('a mail that Gmail takes long to hand out holds up none that came with it, and the position waits for it', async () => {
  const slow = await write('Slowly fetched')
  const beside = await write('Fetched beside it')
  const { promise: released, resolve: letGo } = Promise.withResolvers<void>()
  ends.push(letGo)
  const { gmail } = desk.ctx
  const held: typeof gmail = {
    mailbox: (...asked) => {
      const mailbox = gmail.mailbox(...asked)
      const raw = async (id: string) => {
        if (id === archive.idOf(slow)) await released
        return mailbox.raw(id)
      }
      return { ...mailbox, raw }
    },
  }
  Object.assign(desk.ctx, { gmail: held })
  const before = (await archive.mailbox()).cursor
  const reading = readAgain()
  await until('its bytes', async () => (await archive.endingOf(archive.idOf(beside))) !== undefined)
  await processMails(desk.ctx, desk.workspaceId, desk.mailbox.mailboxId)
  expect(await mail.find(beside.messageId)).toMatchObject({ subject: 'Fetched beside it' })
  expect(await archive.endingOf(archive.idOf(slow))).toBeUndefined()
  expect((await archive.mailbox()).cursor).toBe(before)
  letGo()
  await reading
  Object.assign(desk.ctx, { gmail })
  await desk.settle()
  expect(await mail.find(slow.messageId)).toMatchObject({ subject: 'Slowly fetched', messageCount: 1 })
})

test('an answer that comes while the mail which it answers still takes long ends up with it', async () => {
  const { came, letGo } = holdNextFile()
  const slow = await write('Slow question', Buffer.alloc(50_000, 8))
  const settled = desk.settle()
  await came
  const answer = await desk.google.customers.write({
    from: 'other@home.example',
    to: SUPPORT,
    subject: 'Re: Slow question',
    text: 'I mean the same one.',
    inReplyTo: slow.messageId,
  })
  await readAgain()
  await isFiled(answer.messageId)
  letGo()
  await settled
  await desk.settle()
  const ticket = await mail.card(slow.messageId)
  expect(await mail.card(answer.messageId)).toMatchObject({ id: ticket.id, messageCount: 2 })
})

test('what is taken up again out of quarantine waits for new mail, however much it is', async () => {
  const bombs = Array.from({ length: 12 }, (_, n) =>
    desk.google.deliver(
      rawMail(
        { From: someone(), To: SUPPORT, Subject: `Bomb ${n}`, 'Content-Type': 'multipart/mixed; boundary=b' },
        `${'--b\r\nContent-Type: text/plain\r\n\r\nx\r\n'.repeat(2_000)}--b--`,
      ),
      { from: 'mallory@elsewhere.example', to: [SUPPORT] },
    ),
  )
  await desk.settle()
  const order: string[] = []
  const { mailParser } = desk.ctx
  Object.assign(desk.ctx, {
    mailParser: {
      ...mailParser,
      parse: (...asked: Parameters<typeof mailParser.parse>) => {
        order.push(/^Subject: (\w+)/m.exec(asked[0].toString('latin1', 0, 4_000))?.[1] ?? '')
        return mailParser.parse(...asked)
      },
    },
  })
  const { retried } = await desk.as('vera').call(retryQuarantinedMails, { body: {} })
  expect(retried).toBe(bombs.length)
  const fresh = await Promise.all([write('New'), write('New')])
  await readAgain() // they stand behind all of them
  await desk.settle()
  Object.assign(desk.ctx, { mailParser })
  for (const one of fresh) expect(await mail.find(one.messageId)).toMatchObject({ subject: 'New' })
  expect(order.lastIndexOf('New')).toBeLessThan(4)
  expect(order.filter((subject) => subject === 'Bomb').length).toBeGreaterThanOrEqual(bombs.length)
  for (const bomb of bombs) expect(await archive.endingOf(archive.idOf(bomb))).toMatchObject({ outcome: 'quarantined' })
})
