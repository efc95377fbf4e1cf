import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PEOPLE_AT_WORK } from './roles.ts'
import { TicketCardView } from './tickets.ts'

export const confirmPromise = endpoint('POST', '/v1/tickets/:ticketId/promises/:promiseId/confirmation', {
  summary: 'What an answer promised becomes a reminder of the caller',
  callers: PEOPLE_AT_WORK,
  body: z.object({}),
  reply: TicketCardView,
})

export const dropPromise = endpoint('POST', '/v1/tickets/:ticketId/promises/:promiseId/dropping', {
  summary: 'What was read as a promise needs no reminder',
  callers: PEOPLE_AT_WORK,
  body: z.object({}),
  reply: TicketCardView,
})

export const seeDifference = endpoint('POST', '/v1/tickets/:ticketId/differences/:differenceId/seen', {
  summary: 'Somebody has seen that an answer says other than what was done',
  callers: PEOPLE_AT_WORK,
  body: z.object({}),
  reply: TicketCardView,
})
