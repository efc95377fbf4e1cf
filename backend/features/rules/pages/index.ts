import type { Page } from '../../settings/index.ts'
import { logPage } from './log-page.ts'
import { rulePagesOf } from './rule-page.ts'
import { ruleSwitch, rulesPage, trialForm } from './rules-page.ts'
import { trialPage } from './trial-page.ts'

/** Fixed paths first: the last one takes any id. */
export const rulePages: readonly Page[] = [rulesPage, logPage, trialForm, trialPage, ruleSwitch, ...rulePagesOf]
