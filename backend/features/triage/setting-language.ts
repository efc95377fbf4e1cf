import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { record } from '../../platform/events.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { changeTicket, lockTicket } from '../tickets/index.ts'
import { ticketLanguageSet } from './events.ts'

/** The customer's later mails that are too short to tell are taken to be in the same language. */
export const sayLanguage = (ctx: Ctx, ticketId: string, language: string | null, by: Actor): Promise<void> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    const ticket = await lockTicket(tx, ticketId)
    if (ticket.language === language) return
    await changeTicket(tx, ticketId, { language })
    await record(tx, [ticketLanguageSet({ ticketId, language, before: ticket.language, by })])
  })
