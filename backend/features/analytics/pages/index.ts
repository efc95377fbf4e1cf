import type { LivePart, Page } from '../../settings/index.ts'
import { dashboardLive, dashboardPage, reportLive, reportPage, reportsPage } from './report-pages.ts'
import { sharesPage } from './shares-page.ts'
import { ticketFiguresPage } from './ticket-figures-page.ts'

export const analyticsPages: readonly Page[] = [dashboardPage, sharesPage, ticketFiguresPage, reportsPage, reportPage]
export const analyticsLiveParts: readonly LivePart[] = [dashboardLive, reportLive]
