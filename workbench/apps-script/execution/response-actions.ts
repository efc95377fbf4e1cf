import type { Suggestions } from '../card-service/json.ts'
import type {
  ActionResponse,
  DraftMarkup,
  DraftUpdate,
  Recipients,
  RenderActions,
  UniversalResponse,
} from '../card-service/response-json.ts'
import type { CreatedDraft } from '../gmail-app/mail.ts'

export function actionJson({ stateChanged, ...action }: ActionResponse): RenderActions {
  return { renderActions: { action }, ...(stateChanged !== undefined && { stateChanged }) }
}

export function suggestionsJson({ suggestions }: { suggestions?: Suggestions }) {
  return { autoComplete: { items: (suggestions?.items ?? []).map((item) => ({ text: item.text ?? '' })) } }
}

export function universalJson({ cards = [], link }: UniversalResponse) {
  return { cards, ...(link && { link }) }
}

export function composeJson({ restDraftId, restThreadId }: CreatedDraft): RenderActions {
  const openCreatedDraftAction = { draftId: restDraftId, draftThreadId: restThreadId }
  return { renderActions: { action: {}, hostAppAction: { gmailAction: { openCreatedDraftAction } } } }
}

export function fileScopeJson(): RenderActions {
  return { renderActions: { action: {}, hostAppAction: { editorAction: { requestFileScopeForActiveDocument: {} } } } }
}

export function draftUpdateJson({ to, cc, bcc, subject, body }: DraftUpdate): RenderActions {
  const updateDraftActionMarkup: DraftMarkup = {
    ...(to && { updateToRecipients: { toRecipients: addresses(to) } }),
    ...(cc && { updateCcRecipients: { ccRecipients: addresses(cc) } }),
    ...(bcc && { updateBccRecipients: { bccRecipients: addresses(bcc) } }),
    ...(subject?.subject !== undefined && { updateSubject: { subject: subject.subject } }),
    ...(body && { updateBody: { insertContents: body.insertContents, type: body.type ?? 'IN_PLACE_INSERT' } }),
  }
  return { renderActions: { action: {}, hostAppAction: { gmailAction: { updateDraftActionMarkup } } } }
}

const addresses = ({ recipients }: Recipients) => recipients.map((email) => ({ email }))
