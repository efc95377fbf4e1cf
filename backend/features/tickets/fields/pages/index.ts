import type { Page } from '../../../settings/index.ts'
import { fieldForm, fieldPage, newFieldForm, newFieldPage } from './field-page.ts'
import { fieldsPage } from './fields-page.ts'

export const fieldPages: readonly Page[] = [fieldsPage, newFieldPage, newFieldForm, fieldPage, fieldForm]
