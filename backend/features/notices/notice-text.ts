import type { Notice } from './sending.ts'

/** Where a notice leads: a page, or the ticket that the panel shows beside it, by its number. */
type Lead = string | { ticket: string } | null

/**
 * A notice in plain text: what is needed to act and nothing of the customer; the rest is where it leads, for who is signed in.
 * @param lead null where there is nowhere to go
 */
export const noticeText = (about: string, subject: string, lines: readonly string[], lead: Lead): Notice => ({
  about,
  subject,
  ticket: lead !== null && typeof lead === 'object' ? lead.ticket : null,
  text: [
    ...lines,
    '',
    ...wayTo(lead),
    'Sidedesk wrote this mail. Do not answer it: an answer becomes a ticket, as any other mail does.',
    '',
  ].join('\n'),
})

function wayTo(lead: Lead): string[] {
  if (lead === null) return []
  return [typeof lead === 'string' ? lead : `In Gmail ${lead.ticket} stands in the panel beside this mail.`, '']
}
