import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { archiveOf } from '../support/archive.ts'
import { mailAt, someone } from '../support/customer-mail.ts'
import { ownerOf } from '../support/database.ts'
import { type Desk, SUPPORT, startDesk } from '../support/desk.ts'
import { fillDisk } from '../support/filling-disk.ts'
import { objectsFolderOf } from '../support/objects-folder.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const wrote = (subject: string, text: string) =>
  desk.google.customers.write({ from: someone(), to: SUPPORT, subject, text })

/** Too long for a row. */
const LONG = 'jars '.repeat(80_000)

test('mails that the disk has no room for wait however often they were tried, hold up no other, and come when there is room', async () => {
  const [mail, archive, owner] = [mailAt(desk), archiveOf(desk), await ownerOf(desk.database)]
  let room = 0
  const empty = fillDisk({ under: objectsFolderOf(desk.ctx.config), next: () => (room-- > 0 ? undefined : 'write') })
  try {
    const large = [await wrote('A long one', LONG), await wrote('Another long one', LONG)]
    for (let round = 0; round < 4; round++) await archive.poll()
    await owner.query('update desk.mailbox_mail set attempts = 32767 where raw_id is null') // nine hours, with a mail each second
    const small = await wrote('A short one', 'jars')
    await archive.poll()
    const isHere = async ({ messageId }: { messageId: string }) => (await mail.find(messageId)) !== null
    const here = async () => (await Promise.all(large.map(isHere))).filter(Boolean).length
    expect([await isHere(small), await here()]).toEqual([true, 0])
    room = 1
    await archive.poll()
    expect(await here()).toBe(1)
    empty()
    await archive.poll()
    expect(await here()).toBe(2)
  } finally {
    empty()
    await owner.end()
  }
})
