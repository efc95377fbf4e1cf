import type { Page } from '../../settings/index.ts'
import { actionPage, approvalForm, refusalForm } from './approval-page.ts'
import { approvalsPage } from './approvals-page.ts'
import { limitsForm, limitsPage, limitsTrial } from './limits-page.ts'
import { reasonForm, reasonsPage } from './reasons-page.ts'

export const actionPages: readonly Page[] = [
  approvalsPage,
  actionPage,
  approvalForm,
  refusalForm,
  limitsPage,
  limitsForm,
  limitsTrial,
  reasonsPage,
  reasonForm,
]
