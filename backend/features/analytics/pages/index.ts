import type { LivePart, Page } from '../../settings/index.ts'
import { definitionsPage } from './definitions-page.ts'
import { dashboardLive, dashboardPage, reportLive, reportPage, reportsPage } from './report-pages.ts'
import { sharesPage } from './shares-page.ts'
import { ticketFiguresPage } from './ticket-figures-page.ts'

export const analyticsPages: readonly Page[] = [dashboardPage, sharesPage, ticketFiguresPage, reportsPage, definitionsPage, reportPage]
export const analyticsLiveParts: readonly LivePart[] = [dashboardLive, reportLive]
