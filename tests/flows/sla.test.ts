import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { answerOwed, thanksOnly } from '../../backend/features/sla/index.ts'
import { enqueue } from '../../backend/platform/jobs.ts'
import { inWorkspace } from '../../backend/platform/tenancy.ts'
import { getTicketSla, type SlaTarget, type TicketSla } from '../../shared/sla.ts'
import { categoriseTicket, createTicket, getTicket, moveTicket, prioritiseTicket, unvoidTicket, voidTicket } from '../../shared/tickets.ts'
import { type Desk, startDesk } from '../support/desk.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

let made = 0
/** A ticket that Nora made of a mail in front of her. */
const given = async (text = 'The jar arrived broken.') =>
  (
    await desk.as('nora').call(createTicket, {
      body: { messageId: `<sla-${++made}@ada.example>`, subject: 'Jar', from: 'ada@ada.example', sentAt: desk.clock.now().toISOString(), text },
    })
  ).id

const slaOf = (ticketId: string): Promise<TicketSla> => desk.as('nora').call(getTicketSla, { params: { ticketId } })
const clockOf = async (ticketId: string, target: SlaTarget) => (await slaOf(ticketId)).clocks.findLast((clock) => clock.target === target)

test('a new ticket has a first answer and a solution due', async () => {
  const id = await given()
  const sla = await slaOf(id)
  expect(sla).toMatchObject({ state: 'running', policy: { id: 'default', because: 'no other policy takes it, and the priority is normal' } })
  expect(sla.clocks.map(({ target, limitMinutes }) => [target, limitMinutes])).toEqual([['first', 1_440], ['resolution', 7_200]])
})
