/** `over`: the ticket whose card lies right below, so that the way back brings that one up to date; empty when another does. */
type OverTicket = { over: string }

export type CombinedActions = {
  startAction: { ticketId: string; orderId: string; key: string }
  /** `filled`: the texts and dates that had a value when the card was drawn, so that an emptied one is told from one that is not there. */
  pressPanel: OverTicket & { method: string; path: string; key: string; lay: string; filled: string }
  draftFromPanel: { path: string }
  /** `onTop`: yes when the ticket's own card lies right below. */
  backToTicket: { ticketId: string; onTop: string }
}
