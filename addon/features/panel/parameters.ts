export type PanelActions = {
  /**
   * `own`: the fields that are sent, `*` for all of the card. `filled`: those texts and dates of them that had a value when the card was
   * drawn, so that an emptied one is told from one that is not there. `over`: what lies below, see below.ts. `ticketId`: the ticket whose
   * own card the press stands on; empty elsewhere.
   */
  pressPanel: {
    method: string
    path: string
    key: string
    lay: string
    own: string
    filled: string
    over: string
    ticketId: string
  }
  draftFromPanel: { path: string }
  /** `onTop`: how many cards lie on top of the ticket's own, 0 when that is not below; `typed`: what had been typed into it, empty then. */
  backToTicket: { ticketId: string; onTop: string; typed: string }
  /**
   * A write on a ticket, answered with what its card shows then. `takes` names the fields whose text goes into the body, `note:text` when
   * the body has another name; `onTop` and `typed` as above.
   */
  changeTicket: {
    ticketId: string
    method: string
    path: string
    key: string
    body: string
    takes: string
    say: string
    onTop: string
    typed: string
  }
}
