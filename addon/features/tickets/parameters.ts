/** A write carries the version and the key of the view it was made from, so that a double click is one write. */
export type TicketWrite = { ticketId: string; version: string; key: string }

export type TicketActions = {
  openTicket: { ticketId: string }
  refreshTicket: { ticketId: string }
  refreshMail: Record<never, string>
  createTicket: { key: string }
  /** A write that the backend described: `takes` names the fields whose text goes into the body. */
  changeTicket: { method: string; path: string; key: string; body: string; takes: string; say: string }
  takeTicket: TicketWrite & { me: string }
  assignTicket: TicketWrite
  moveTicket: TicketWrite
  prioritiseTicket: TicketWrite
  tagTicket: TicketWrite & { shown: string }
  noteTicket: TicketWrite
  voidTicket: TicketWrite & { reason: string }
  unvoidTicket: TicketWrite
  showConversation: { ticketId: string; number: string; cursor: string }
  showTimeline: { ticketId: string; number: string; cursor: string }
}
