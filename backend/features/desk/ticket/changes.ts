import { listTimeline, type TimelineEntry } from '../../../../shared/tickets.ts'
import { ask, type Caller } from '../api.ts'

/** Older than that hardly anybody kept a page open. */
const MOST = 10

/** What was done to a ticket since somebody opened its page, also by themselves on another device, newest first. @param seen when that was, as the page's form says */
export async function changesSince(caller: Caller, ticketId: string, seen: string): Promise<TimelineEntry[]> {
  const since = Date.parse(seen)
  if (Number.isNaN(since)) return []
  const { items } = await ask(caller, listTimeline, { params: { ticketId }, query: { limit: MOST } })
  return items.filter(({ occurredAt }) => Date.parse(occurredAt) >= since)
}
