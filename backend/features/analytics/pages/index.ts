import type { LivePart, Page } from '../../settings/index.ts'
import { dashboardLive, dashboardPage, reportLive, reportPage, reportsPage } from './report-pages.ts'

export const analyticsPages: readonly Page[] = [dashboardPage, reportsPage, reportPage]
export const analyticsLiveParts: readonly LivePart[] = [dashboardLive, reportLive]
