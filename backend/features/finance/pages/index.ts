import { exportFinance } from '../../../../shared/finance.ts'
import { parse } from '../../../platform/http.ts'
import { page } from '../../settings/index.ts'
import { exportBooks } from '../exporting.ts'
import { booksPage, closingForm } from './closing.ts'
import { FINANCE } from './manners.ts'
import { payingForm, payingPage } from './paying.ts'

const exportPage = page('/finance/shops/:shopId/export', FINANCE, async (ctx, { actor, params, query }) => ({
  flow: await exportBooks(ctx, actor, {
    shopId: params['shopId'] ?? '',
    periodId: parse(exportFinance.query, Object.fromEntries(query), 'query').period,
  }),
}))

/** Pages of finance; each does what its call of the API does, with the same guards. */
export const financePages = [payingPage, payingForm, booksPage, closingForm, exportPage]
