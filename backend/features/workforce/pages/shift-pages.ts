import type { Page } from '../../settings/index.ts'
import { adherenceDownload, ownAdherencePage, personAdherencePage, teamAdherencePage } from './adherence-page.ts'
import { fileDownload, fileForm, filePage } from './file-page.ts'
import { forgottenForm, forgottenPage } from './forgotten-page.ts'
import { myShiftsPage, swapForm } from './my-shifts-page.ts'
import { offerForm, offerPage } from './offer-page.ts'
import { dayForm, leaveBackForm, leaveForm, planPage, useEndForm } from './plan-page.ts'
import { approvalForm, teamPage } from './team-page.ts'
import { givingForm, newTemplateForm, templateForm, templatePage, templatesPage } from './templates-page.ts'

/** They stand before pages of one person, whose addresses would take theirs. */
export const shiftPages: readonly Page[] = [
  myShiftsPage,
  swapForm,
  offerPage,
  offerForm,
  ownAdherencePage,
  teamPage,
  approvalForm,
  templatesPage,
  newTemplateForm,
  templatePage,
  templateForm,
  givingForm,
  filePage,
  fileForm,
  fileDownload,
  teamAdherencePage,
  adherenceDownload,
  forgottenPage,
  forgottenForm,
  planPage,
  dayForm,
  leaveForm,
  leaveBackForm,
  useEndForm,
  personAdherencePage,
]
