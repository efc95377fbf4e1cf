/** Lengths that the API refuses to exceed, in characters unless stated. The refusal names the limit. */
export const LIMITS = {
  bodyBytes: 1_000_000,
  note: 20_000,
  reply: 100_000,
  subject: 998,
  tag: 40,
  tags: 20,
  tagsText: 1_000,
  savedReplyTitle: 80,
  savedReplyBody: 20_000,
  messageId: 2_000,
  references: 100,
} as const
