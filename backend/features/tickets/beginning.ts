import type { TicketPriority } from '../../../shared/tickets.ts'
import type { Tx } from '../../platform/tenancy.ts'

/** What the workspace's own row says to whoever opens a ticket. */
export type Numbered = { number: number; triageVersion: number; languages: string[] }

/** The first mail of a ticket, as far as it decides how the ticket begins. */
export type FirstMail = {
  subject: string
  text: string
  customerId: string
  automatic: boolean
  historical: boolean
}

/** Why a ticket began as it did: the words that decided, null where none did. */
export type Triage = {
  priority: TicketPriority
  priorityWord: string | null
  category: string | null
  categoryWord: string | null
}

export type Beginning = {
  priority: TicketPriority
  category: string | null
  language: string | null
  triage: Triage | null
}

/** Decides how tickets of customers' mails begin, in their order. Tickets know nothing of keywords: features.ts says who decides. */
export type Beginner = (tx: Tx, numbered: Numbered, mails: readonly FirstMail[]) => Promise<Beginning[]>

/** A ticket of which nothing was judged. */
export const PLAIN_BEGINNING: Beginning = { priority: 'normal', category: null, language: null, triage: null }
