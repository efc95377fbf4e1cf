import type { TimelineEntry } from '../../../../shared/tickets.ts'
import { LIVE_SCRIPT, type PageAnswer, type Visit } from '../../settings/index.ts'
import type { Caller } from '../api.ts'
import { type Typed, textOf, wasOf } from '../pressing/typed.ts'
import type { Said } from '../said.ts'
import { readTicket } from '../ticket/reading.ts'
import { retypedTags } from '../ticket/retyped-tags.ts'
import { ticketView } from '../ticket/ticket-view.ts'

type Told = { said?: Said | null; typed?: Typed; changes?: readonly TimelineEntry[] }

/** The page of a ticket as it stands now. @throws DeskError not_found */
export async function showTicket(
  { ctx, actor }: Caller,
  visit: Visit,
  ticketId: string,
  { said = null, typed = {}, changes = [] }: Told,
): Promise<Extract<PageAnswer, { title: string }>> {
  const read = await readTicket(ctx, ticketId, actor)
  const { number, subject, tags } = read.ticket
  const told = { said, typed: withTags(typed, visit.form, tags), changes }
  return { title: `${number} ${subject}`, body: ticketView(visit, read, told), scripts: [LIVE_SCRIPT] }
}

/** Tags are typed as one text over those that were there; others may have changed them meanwhile. Without knowing what was there, none are kept. */
function withTags({ tags, ...typed }: Typed, form: URLSearchParams, now: readonly string[]): Typed {
  return tags && form.has('tags')
    ? { ...typed, tags: [retypedTags(wasOf(form, 'tags'), textOf(form, 'tags'), now)] }
    : typed
}
