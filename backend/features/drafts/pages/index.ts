import type { Page } from '../../settings/index.ts'
import { repliesPage, replyForm, replyPage } from './replies-page.ts'
import { sendingForm, sendingPage } from './sending-page.ts'
import { signatureForm, templatesForm, templatesPage } from './templates-page.ts'

export const draftPages: readonly Page[] = [
  repliesPage,
  replyPage,
  replyForm,
  templatesPage,
  templatesForm,
  signatureForm,
  sendingPage,
  sendingForm,
]
