import { expect, test } from '@jest/globals'
import { TICKET_STATUSES, type TicketStatus } from '../../../../shared/tickets.ts'
import { NOBODY_WAITS } from '../locking.ts'
import { combined, type Merged, standingBy } from './standing.ts'

const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour))
const ticket = (status: TicketStatus, queueAt = NOBODY_WAITS, more: Partial<Merged> = {}): Merged => ({
  status,
  queueAt,
  priority: 'normal',
  category: null,
  assigneeId: null,
  ...more,
})

test.each<[TicketStatus, TicketStatus, TicketStatus]>([
  ['new', 'new', 'new'],
  ['new', 'pending', 'open'],
  ['pending', 'new', 'open'],
  ['new', 'solved', 'new'],
  ['pending', 'open', 'open'],
  ['on_hold', 'pending', 'on_hold'],
  ['on_hold', 'open', 'open'],
  ['pending', 'solved', 'pending'],
  ['solved', 'closed', 'solved'],
  ['solved', 'new', 'new'],
])('%s that takes over %s is %s', (survivor, merged, wanted) => {
  expect(combined(ticket(survivor), ticket(merged)).status).toBe(wanted)
})

test('of two who wait the longer wait counts, and whoever waits for nobody does not shorten it', () => {
  expect(combined(ticket('open', at(9)), ticket('new', at(8))).queueAt).toEqual(at(8))
  expect(combined(ticket('pending'), ticket('new', at(8))).queueAt).toEqual(at(8))
  expect(combined(ticket('open', at(9)), ticket('solved')).queueAt).toEqual(at(9))
  expect(combined(ticket('pending'), ticket('solved')).queueAt).toEqual(NOBODY_WAITS)
})

test('a survivor is as alive as the livelier of both, whichever goes on', () => {
  for (const one of TICKET_STATUSES)
    for (const other of TICKET_STATUSES)
      expect(combined(ticket(one), ticket(other)).status).toBe(combined(ticket(other), ticket(one)).status)
})

test('nothing urgent becomes less so, and what one of them did not know the other says', () => {
  const urgent = ticket('new', at(8), { priority: 'urgent', category: 'order', assigneeId: 'sam' })
  expect(combined(ticket('new'), urgent)).toMatchObject({ priority: 'urgent', category: 'order', assigneeId: 'sam' })
  const own = ticket('new', at(8), { priority: 'high', category: 'billing', assigneeId: 'nora' })
  expect(combined(own, urgent)).toMatchObject({ priority: 'urgent', category: 'billing', assigneeId: 'nora' })
})

test('by its mails a ticket waits since the first that nobody answered', () => {
  const asked = { since: at(8), answered: false }
  expect(standingBy(asked, ticket('pending'))).toEqual({ status: 'open', queueAt: at(8) })
  expect(standingBy(asked, ticket('new', at(9)))).toEqual({ status: 'new', queueAt: at(8) })
  expect(standingBy({ ...asked, answered: true }, ticket('new', at(9)))).toEqual({ status: 'open', queueAt: at(8) })
  expect(standingBy(asked, ticket('on_hold', at(9)))).toEqual({ status: 'on_hold', queueAt: at(8) })
})

test('when the last word is ours it waits for the customer, and what a person finished stays finished', () => {
  const ours = { since: null, answered: true }
  expect(standingBy(ours, ticket('open', at(9)))).toEqual({ status: 'pending', queueAt: NOBODY_WAITS })
  expect(standingBy({ since: at(8), answered: true }, ticket('solved')).status).toBe('solved')
  expect(standingBy({ since: at(8), answered: true }, ticket('closed')).status).toBe('closed')
})

test('a ticket without any mail keeps its place', () => {
  const call = ticket('open', at(9))
  expect(standingBy({ since: null, answered: false }, call)).toBe(call)
})
