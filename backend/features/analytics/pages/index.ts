import type { LivePart, Page } from '../../settings/index.ts'
import { brokenPage, dataPage } from './data-page.ts'
import { definitionsPage } from './definitions-page.ts'
import { actionRowsPage, reportFilePage, ticketRowsPage } from './files.ts'
import {
  recategorisedPage,
  recategorisingForm,
  recategorisingPage,
  recategorisingUndo,
} from './recategorising-pages.ts'
import { dashboardLive, dashboardPage, reportLive, reportPage, reportsPage } from './report-pages.ts'
import { sharesPage } from './shares-page.ts'
import { ticketFiguresPage } from './ticket-figures-page.ts'

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
  reportPage,
]
export const analyticsLiveParts: readonly LivePart[] = [dashboardLive, reportLive]
