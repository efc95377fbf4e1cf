import type { createTicket as create } from '../../../shared/tickets.ts'
import { call } from '../../api.ts'
import type { Given } from '../../given.ts'
import type { Shown } from '../../kit/response.ts'
import { mailToFile, openMail } from '../../open-mail.ts'
import { changedCard } from './reading.ts'

export function createTicket({ event, parameter }: Given<'createTicket'>): Shown {
  const ticket = call<typeof create>('POST', '/v1/tickets', {
    body: mailToFile(openMail(event)),
    key: parameter('key'),
  })
  return changedCard(event, ticket, `${ticket.number} created`, {})
}
