import type { Card, OpenLink } from './json.ts'

export type NavigationStep =
  | { pushCard: Card }
  | { updateCard: Card }
  | { pop: true }
  | { popToRoot: true }
  | { popToCard: string }

export type ActionResponse = {
  navigations?: NavigationStep[]
  notification?: { text?: string }
  link?: OpenLink
  stateChanged?: boolean
}
export type UniversalResponse = { cards?: Card[]; link?: OpenLink }
export type Recipients = { recipients: string[] }
export type DraftUpdate = {
  to?: Recipients
  cc?: Recipients
  bcc?: Recipients
  subject?: { subject?: string }
  body?: { insertContents: { content: string; contentType: string }[]; type?: string }
}

/** The answer of a click as the platform's JSON ([WA]/reference/rpc, RenderActions). */
export type RenderActions = {
  renderActions: { action: Omit<ActionResponse, 'stateChanged'>; hostAppAction?: HostAppAction }
  stateChanged?: boolean
}
export type HostAppAction =
  | { gmailAction: GmailAction }
  | { editorAction: { requestFileScopeForActiveDocument: object } }
export type GmailAction =
  | { openCreatedDraftAction: { draftId: string; draftThreadId: string } }
  | { updateDraftActionMarkup: DraftMarkup }
export type DraftMarkup = {
  updateToRecipients?: { toRecipients: { email: string }[] }
  updateCcRecipients?: { ccRecipients: { email: string }[] }
  updateBccRecipients?: { bccRecipients: { email: string }[] }
  updateSubject?: { subject: string }
  updateBody?: { insertContents: { content: string; contentType: string }[]; type: string }
}
