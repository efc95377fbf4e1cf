import { readTicketToken } from '../tickets/index.ts'
import type { Desk } from './desk.ts'
import type { MailText } from './parsing/parsed-mail.ts'
import { copyPlaces, tokenPlaces } from './writer.ts'

type TicketToken = NonNullable<ReturnType<typeof readTicketToken>>

/** The ticket that a mail is for by an address that we signed. */
export const tokenOf = (desk: Desk, mail: MailText): TicketToken | undefined => tokensAt(desk, tokenPlaces(mail))[0]

/** Whether a mail is for a ticket by an address that we signed. */
export const namesTicket = (desk: Desk, mail: MailText): boolean => tokenOf(desk, mail) !== undefined

/** The token that names who sent a draft; the answer address names nobody and comes first in the mail. */
export const agentTokenOf = (desk: Desk, mail: MailText): TicketToken | null =>
  tokensAt(desk, copyPlaces(mail)).find(({ staffRef }) => staffRef !== null) ?? null

const tokensAt = ({ ctx, tx }: Desk, places: readonly string[]): TicketToken[] =>
  places.flatMap((address) => readTicketToken(ctx.signer, tx.workspaceId, address) ?? [])
