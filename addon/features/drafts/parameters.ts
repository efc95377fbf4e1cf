export type DraftActions = {
  insertSavedReply: { savedReplyId: string }
  refreshSavedReplies: Record<never, string>
}
