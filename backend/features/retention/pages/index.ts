import type { Page } from '../../settings/index.ts'
import { customerPage, erasureForm, exportForm, holdForm } from './customer-page.ts'
import { holdsPage, liftingForm } from './holds-page.ts'
import { retentionForm, retentionPage } from './retention-page.ts'

export const retentionPages: readonly Page[] = [
  retentionPage,
  retentionForm,
  holdsPage,
  liftingForm,
  customerPage,
  exportForm,
  holdForm,
  erasureForm,
]
