import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { lockMailbox } from '../../backend/features/intake/mailboxes.ts'
import { sync } from '../../backend/features/intake/syncing.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { archiveOf } from '../support/archive.ts'
import { someone } from '../support/customer-mail.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { until } from '../support/until.ts'

const ARCHIVE = 'archive@fern.example'

let desk: Desk
let archive: ReturnType<typeof archiveOf>
beforeAll(async () => {
  desk = await startDesk({ env: { PUSH_PAUSE_MS: '1000' } })
  archive = archiveOf(desk)
})
afterAll(() => desk.stop())

const write = async (subject: string) =>
  archive.idOf(await desk.google.customers.write({ from: someone(), to: SUPPORT, subject, text: 'x' }))

const looks = () => desk.google.quota.of(ARCHIVE).calls['gmail.users.history.list'] ?? 0

const read = () => sync(desk.ctx, desk.workspaceId, { mailboxId: desk.mailbox.mailboxId })

/** A push wakes a reading that waits for so long that a slow machine, too, writes two mails meanwhile. */
const wokenRead = () => {
  const config = { ...desk.ctx.config, intake: { ...desk.ctx.config.intake, pushPauseMs: 8_000 } }
  return sync({ ...desk.ctx, config }, desk.workspaceId, { mailboxId: desk.mailbox.mailboxId, hint: '1' })
}

test('mails that come closely one after another are read together', async () => {
  await read()
  const before = looks()
  const woken = wokenRead()
  const ids = [await write('Hardly there'), await write('And one more')]
  await woken
  expect(looks()).toBe(before + 1)
  for (const id of ids) expect(await archive.endingOf(id)).toMatchObject({ state: 'received' })
})

test('what nobody pushed, such as the reading of each minute, waits for no other', async () => {
  await read()
  const before = looks()
  const id = await write('Found by the poll')
  await read()
  expect(looks()).toBe(before + 1)
  expect(await archive.endingOf(id)).toMatchObject({ state: 'received' })
})

test('a push that comes while the mailbox is read leads to another reading', async () => {
  await desk.settle()
  const written = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const writing = inWorkspace(desk.ctx, desk.workspaceId, async (tx) => {
    await lockMailbox(tx, desk.mailbox.mailboxId)
    held.resolve()
    await written.promise
  })
  await held.promise
  const before = looks()
  const first = await write('Before the reading')
  const settling = desk.settle()
  try {
    await until('the feed to be looked at', async () => looks() > before)
    const second = await write('While it is read')
    await desk.google.settle()
    written.resolve()
    await settling
    await desk.settle()
    for (const id of [first, second])
      expect(await archive.endingOf(id)).toMatchObject({ state: 'ended', outcome: 'ticket' })
  } finally {
    written.resolve()
    await Promise.all([writing, settling])
  }
})
