/** A mail as the mailbox side reads it; ids are those the script sees. */
export type Mail = {
  id: string
  threadId: string
  headers: [name: string, value: string][]
  subject: string
  from: string
  to: string
  cc: string
  bcc: string
  replyTo: string
  dateMs: number
  plainBody: string
  body: string
  attachments: { name: string; contentType: string; size: number }[]
}

export type NewDraft = {
  to: string
  subject: string
  body: string
  htmlBody?: string
  cc?: string
  bcc?: string
  from?: string
  name?: string
  replyTo?: string
  /** The mail it answers, with all its recipients or only its author. */
  answers?: { messageId: string; all: boolean }
}

/** draftId and threadId as Gmail's REST API calls them are for the host, which opens the draft. */
export type CreatedDraft = { draftId: string; messageId: string; restDraftId: string; restThreadId: string }
