export type DraftActions = {
  sendReply: { ticketId: string; version: string; key: string }
  checkReply: { ticketId: string; replyId: string }
  replyInGmail: { ticketId: string }
  insertSavedReply: { savedReplyId: string }
  refreshSavedReplies: Record<never, string>
}
