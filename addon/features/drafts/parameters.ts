export type DraftActions = {
  /** `language`: empty for the text that has none of its own. */
  insertSavedReply: { savedReplyId: string; language: string }
  refreshSavedReplies: Record<never, string>
}
