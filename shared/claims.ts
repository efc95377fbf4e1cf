import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PanelCard } from './panel.ts'
import { ADMINS, PEOPLE_AT_WORK, READERS, SETTING_READERS } from './roles.ts'
import { TicketCardView } from './tickets.ts'

const Instant = z.iso.datetime()

/** Who is on a ticket, since when, and until when unless they go on. */
export const Claim = z.object({
  id: z.uuid(),
  staff: z.object({ id: z.uuid(), name: z.string() }),
  since: Instant,
  until: Instant,
})
export type Claim = z.infer<typeof Claim>

/** Characters of the word to whoever is on a ticket that another takes over. */
export const CLAIM_WORD = 500

/** Minutes that a claim lives after the last thing that was done. */
export const ClaimSettings = z.object({ minutes: z.int().min(1).max(120) })
export type ClaimSettings = z.infer<typeof ClaimSettings>

export const getClaim = endpoint('GET', '/v1/tickets/:ticketId/claim', {
  summary: 'Who is on a ticket right now; null while nobody is',
  callers: READERS,
  reply: z.object({ claim: Claim.nullable() }),
})

export const claimTicket = endpoint('PUT', '/v1/tickets/:ticketId/claim', {
  summary: 'Says "I am on it", or says it again; while somebody else is on it, only with a word to them',
  callers: PEOPLE_AT_WORK,
  body: z.object({
    word: z.string().trim().max(CLAIM_WORD).default(''),
    /** Asked for on purpose: then a missing word is what is wrong, not the other person. */
    takeOver: z.boolean().default(false),
  }),
  reply: TicketCardView,
})

export const releaseTicket = endpoint('DELETE', '/v1/tickets/:ticketId/claim', {
  summary: 'Ends the own claim of a ticket; that of somebody else stays',
  callers: PEOPLE_AT_WORK,
  reply: TicketCardView,
})

export const claimTakeoverCard = endpoint('GET', '/v1/tickets/:ticketId/claim/takeover-card', {
  summary: 'The form with which somebody takes over from whoever is on a ticket',
  callers: PEOPLE_AT_WORK,
  reply: PanelCard,
})

export const getClaimSettings = endpoint('GET', '/v1/claim-settings', {
  summary: 'How long a claim lives',
  callers: SETTING_READERS,
  reply: ClaimSettings,
})

export const writeClaimSettings = endpoint('PUT', '/v1/claim-settings', {
  summary: 'Sets how long a claim lives; claims that live keep their end until they are renewed',
  callers: ADMINS,
  body: ClaimSettings,
  reply: ClaimSettings,
})
