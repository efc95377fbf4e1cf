export type TicketActions = {
  openTicket: { ticketId: string }
  refreshTicket: { ticketId: string }
  refreshMail: Record<never, string>
  createTicket: { key: string }
  showConversation: { ticketId: string; number: string; cursor: string }
}
