import type { Page } from '../../settings/index.ts'
import { changeForm, removalForm, repetitionForm, secretForm, testForm, webhookPage } from './webhook-page.ts'
import { additionForm, webhooksPage } from './webhooks-page.ts'

export const webhookPages: readonly Page[] = [
  webhooksPage,
  additionForm,
  webhookPage,
  changeForm,
  secretForm,
  testForm,
  repetitionForm,
  removalForm,
]
