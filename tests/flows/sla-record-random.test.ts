import { afterAll, beforeAll, expect, test } from '@jest/globals'
import pg from 'pg'
import { adopt } from '../../backend/features/sla/reapplying.ts'
import { ALLOWED_MOVES, getTicket, moveTicket, unvoidTicket, voidTicket } from '../../shared/tickets.ts'
import { startDesk } from '../support/desk.ts'
import { type Random, randomFrom, seedOfRun } from '../support/random.ts'
import { type Mailed, type SlaDesk, slaDesk } from '../support/sla-desk.ts'

let desk: SlaDesk
let owner: pg.Client
beforeAll(async () => {
  desk = slaDesk(await startDesk())
  owner = new pg.Client({ connectionString: desk.database.ownerUrl })
  await owner.connect()
})
afterAll(async () => {
  await owner.end()
  await desk.stop()
})

const one = <T>(random: Random, list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]

/** Something happens to a ticket; mails may be read up to an hour after they were sent. */
async function happen(random: Random, mail: Mailed): Promise<void> {
  const params = { ticketId: mail.id }
  const nora = desk.as('nora')
  const { version, status, voidReason } = await nora.call(getTicket, { params })
  const chance = random()
  if (voidReason !== null && chance < 0.6) await nora.call(unvoidTicket, { params, body: { version } })
  else if (chance < 0.3) await desk.customerAnswers(mail)
  else if (chance < 0.55)
    await desk.answer(mail, { sentAt: new Date(desk.clock.now().getTime() - Math.floor(random() * 3_600_000)) })
  else if (chance < 0.6) await desk.answer(mail, { automatic: true })
  else if (chance < 0.9 && voidReason === null) {
    const to = one(random, ALLOWED_MOVES[status])
    if (to && to !== 'closed') await nora.call(moveTicket, { params, body: { status: to, version } })
  } else if (voidReason === null) await nora.call(voidTicket, { params, body: { reason: 'not_a_ticket', version } })
}

test('whatever happens to open tickets, the record tells their clocks as they were kept', async () => {
  const seed = seedOfRun()
  process.stderr.write(`SEED=${seed}\n`)
  const random = randomFrom(seed)
  for (let ticket = 0; ticket < 6; ticket++) {
    const mail = await desk.mail()
    for (let left = Math.floor(random() * 8); left > 0; left--) {
      await desk.travel(`${1 + Math.floor(random() * 200)} min`)
      await happen(random, mail)
    }
    const { status, voidReason } = await desk.as('nora').call(getTicket, { params: { ticketId: mail.id } })
    if (voidReason !== null || status === 'solved') continue // only open tickets are adopted
    const before = [await desk.sla(mail.id), await desk.dueAt(mail.id)]
    await owner.query('delete from desk.sla_clock where ticket_id = $1', [mail.id])
    await owner.query(`update desk.ticket set due_at = '9999-12-31' where id = $1`, [mail.id])
    await adopt(desk.ctx, desk.workspaceId)
    const after = [await desk.sla(mail.id), await desk.dueAt(mail.id)]
    expect({ seed, ticket, clocks: after }).toEqual({ seed, ticket, clocks: before })
  }
})
