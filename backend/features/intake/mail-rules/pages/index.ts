import type { Page } from '../../../settings/index.ts'
import { newRuleForm, newRulePage, ruleForm, rulePage, ruleRemoval } from './rule-page.ts'
import { brakeForm, contactForms, formRemoval, orderForm, rulesPage } from './rules-page.ts'

export const mailRulePages: readonly Page[] = [
  rulesPage,
  orderForm,
  brakeForm,
  contactForms,
  formRemoval,
  newRulePage,
  newRuleForm,
  rulePage,
  ruleForm,
  ruleRemoval,
]
