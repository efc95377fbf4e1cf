export type CombinedActions = {
  startAction: { ticketId: string; orderId: string; key: string }
}
