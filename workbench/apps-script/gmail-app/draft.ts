import { answer, serviceClass } from '../realm/service-class.ts'
import type { CreatedDraft } from './mail.ts'

export const gmailDraft = serviceClass<CreatedDraft>('GmailApp.GmailDraft', {
  getId: answer([], (draft) => draft.draftId),
  getMessageId: answer([], (draft) => draft.messageId),
})
