export type CombinedActions = {
  startAction: { ticketId: string; orderId: string; key: string }
  /** From a card of ours, whose fields are not meant. `ticketId`: the ticket that the card is of; empty elsewhere. */
  openPanel: { method: string; path: string; key: string; ticketId: string }
  /**
   * From a card of the backend, with its fields. `filled`: the texts and dates that had a value when it was drawn, so that an emptied one is
   * told from one that is not there. `over`: what lies below, see below.ts.
   */
  pressPanel: { method: string; path: string; key: string; lay: string; filled: string; over: string }
  draftFromPanel: { path: string }
  /** `onTop`: yes when the ticket's own card lies right below; `typed`: what had been typed into it. */
  backToTicket: { ticketId: string; onTop: string; typed: string }
}
