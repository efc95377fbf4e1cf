/** `key` is the ticket view's: one write is made from each view. */
type OrderWrite = { ticketId: string; orderId: string; key: string }

export type OrderActions = {
  showOrder: { ticketId: string; orderId: string; line: string }
  /** `off`: why nothing may be linked to this ticket; empty when it may. */
  openOrderSearch: { ticketId: string; key: string; off: string }
  searchOrders: { ticketId: string; key: string; off: string }
  /** From the search, which lies on top of its ticket. */
  linkOrder: OrderWrite & { onTop: '1' }
  askProof: { ticketId: string; orderId: string }
  confirmOrder: OrderWrite
  unlinkOrder: OrderWrite
}
