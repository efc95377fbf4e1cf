import type { LivePart, Page } from '../../settings/index.ts'
import { churnPage, churnStoryPage } from './churn-pages.ts'
import { brokenPage, dataPage } from './data-page.ts'
import { definitionsPage } from './definitions-page.ts'
import { actionRowsPage, reportFilePage, ticketRowsPage } from './files.ts'
import {
  recategorisedPage,
  recategorisingForm,
  recategorisingPage,
  recategorisingUndo,
} from './recategorising-pages.ts'
import { reportMailsForm, reportMailsPage } from './report-mails-page.ts'
import { dashboardLive, dashboardPage, reportLive, reportPage, reportsPage } from './report-pages.ts'
import { sharesPage } from './shares-page.ts'
import { sheetsLogForm, sheetsLogPage } from './sheets-log-page.ts'
import { staffingPage } from './staffing-page.ts'
import { staffingForm, staffingSetting } from './staffing-setting.ts'
import { surprisesPage } from './surprises-page.ts'
import { ticketFiguresPage } from './ticket-figures-page.ts'
import { whyPage } from './why-page.ts'
export const analyticsPages: readonly Page[] = [
  dashboardPage,
  sharesPage,
  ticketFiguresPage,
  reportsPage,
  definitionsPage,
  dataPage,
  recategorisingPage,
  recategorisingForm,
  recategorisedPage,
  recategorisingUndo,
  brokenPage,
  ticketRowsPage,
  actionRowsPage,
  reportFilePage,
  reportMailsPage,
  reportMailsForm,
  sheetsLogPage,
  sheetsLogForm,
  staffingPage,
  churnPage,
  churnStoryPage,
  whyPage,
  surprisesPage,
  staffingSetting,
  staffingForm,
  reportPage,
]
export const analyticsLiveParts: readonly LivePart[] = [dashboardLive, reportLive]
