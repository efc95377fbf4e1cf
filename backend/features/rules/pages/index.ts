import type { Page } from '../../settings/index.ts'
import { logPage } from './log-page.ts'
import { ruleForm, rulePage } from './rule-page.ts'
import { ruleSwitch, rulesPage, trialForm } from './rules-page.ts'
import { trialPage } from './trial-page.ts'

/** Fixed paths first: the last ones take any name. */
export const rulePages: readonly Page[] = [rulesPage, logPage, trialForm, trialPage, ruleSwitch, rulePage, ruleForm]
