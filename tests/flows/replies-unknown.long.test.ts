import { expect, test } from '@jest/globals'
import { getReply, sendReply } from '../../shared/drafts.ts'
import { listTickets } from '../../shared/tickets.ts'
import { SUPPORT, startDesk } from '../support/desk.ts'

const ARCHIVE = 'archive@fern.example'
const CUSTOMER = 'ada@ada.example'

/** Ends a look for good: more than a process remembers would make it begin again for ever. */
const TOO_MANY = 10_050

test('a reply behind more than ten thousand mails that were sent since is left to a person, after one look at each of them', async () => {
  const desk = await startDesk()
  try {
    await desk.google.customers.write({
      from: CUSTOMER,
      to: SUPPORT,
      subject: 'Broken jar',
      text: 'It arrived broken.',
    })
    await desk.settle()
    const nora = desk.as('nora')
    const { items } = await nora.call(listTickets, { query: { view: 'open', limit: 10 } })
    const ticketId = items[0]?.id ?? ''
    desk.google.faults.add({ method: 'gmail.users.messages.send', kind: '503' })
    const { id: replyId } = await nora.call(sendReply, { params: { ticketId }, body: { text: 'A new jar.' } })
    await desk.settle()
    const at = desk.clock.now()
    await desk.google.users.remember(
      ARCHIVE,
      Array.from({ length: TOO_MANY }, (_, n) => ({
        raw: Buffer.from(`From: ${SUPPORT}\r\nTo: else@else.example\r\nMessage-ID: <${n}@x.example>\r\n\r\nOther.\r\n`),
        at,
        labels: ['SENT'],
        after: null,
      })),
    )
    const reads = () => desk.google.quota.of(ARCHIVE).calls['gmail.users.messages.get'] ?? 0
    const before = reads()
    for (let minute = 0; minute < 5; minute++) {
      await desk.travel('1 min')
      await desk.settle()
    }
    const reply = await nora.call(getReply, { params: { ticketId, replyId } })
    expect(reply).toMatchObject({ state: 'unclear', refusal: expect.stringContaining('10000') })
    expect(desk.google.customers.inbox(CUSTOMER)).toEqual([])
    expect(reads() - before).toBeLessThan(10_010)
  } finally {
    await desk.stop()
  }
})
