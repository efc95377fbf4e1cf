import type { Page } from '../../settings/index.ts'
import { hoursForm, hoursPage } from './hours-page.ts'
import { policiesForm, policiesPage, tiersForm } from './policies-page.ts'
import { policyForm, policyPage, policyTrial } from './policy-page.ts'
import { trialPage } from './trial-page.ts'

export const slaPages: readonly Page[] = [
  hoursPage,
  hoursForm,
  policiesPage,
  policiesForm,
  tiersForm,
  policyPage,
  policyForm,
  policyTrial,
  trialPage,
]
