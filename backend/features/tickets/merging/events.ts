import { z } from 'zod'
import { event } from '../../../platform/events.ts'

/** @property otherId the ticket at the other end @property messages how many went */
const ofRegrouping = z.object({ ticketId: z.uuid(), otherId: z.uuid(), regroupingId: z.uuid(), messages: z.int() })

/** The ticket went into another one; its survivor absorbed it. */
export const ticketMerged = event('ticket.merged', ofRegrouping)
export const ticketAbsorbed = event('ticket.absorbed', ofRegrouping)
/** `snoozedUntil` of a ticket that slept before the merge and goes on sleeping, in milliseconds of the epoch. */
const ofUndoing = ofRegrouping.extend({ snoozedUntil: z.int().nullable().optional() })
/** A merge was taken back. */
export const ticketUnmerged = event('ticket.unmerged', ofUndoing)
export const ticketReleased = event('ticket.released', ofUndoing)
/** A mail of the ticket became one of its own, which was split off. */
export const ticketSplit = event('ticket.split', ofRegrouping)
export const ticketSplitOff = event('ticket.split_off', ofRegrouping)
/** A split was taken back: what was split off rejoined the ticket that took it back. */
export const ticketRejoined = event('ticket.rejoined', ofRegrouping)
export const ticketTookBack = event('ticket.took_back', ofRegrouping)

/** Whose messages changed: one fact for each ticket of a merge or a split, written after its rows. */
export const regroupingEvents = [
  ticketMerged,
  ticketAbsorbed,
  ticketUnmerged,
  ticketReleased,
  ticketSplit,
  ticketSplitOff,
  ticketRejoined,
  ticketTookBack,
] as const

const ofPair = z.object({ ticketId: z.uuid(), otherId: z.uuid() })

export const ticketRelated = event('ticket.related', ofPair)
export const ticketUnrelated = event('ticket.unrelated', ofPair)
