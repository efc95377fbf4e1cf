import type { Page } from '../../settings/index.ts'
import { categoriesForm, categoriesPage } from './categories-page.ts'
import { keywordsForm, keywordsPage, keywordsTrial } from './keywords-page.ts'

export const triagePages: readonly Page[] = [keywordsPage, keywordsForm, keywordsTrial, categoriesPage, categoriesForm]
