export { actionRoutes } from './action-routes.ts'
export { actsFor, personOf } from './acts-on-orders.ts'
export { answerOf } from './answering.ts'
export { askForApproval } from './approving/asking.ts'
export { type ActionOutline, outlineOf } from './approving/outline.ts'
export { approvalReactions } from './approving/reactions.ts'
export { approvalRoutes } from './approving/routes.ts'
export { confirmDraft } from './confirming.ts'
export { openActionContent } from './content.ts'
export { createAction } from './creating.ts'
export { orderOfDraft, startDraft, turnDraft } from './drafting.ts'
export {
  actionApprovalAsked,
  actionApprovalExpired,
  actionApproved,
  actionDeclined,
  actionParked,
  actionParkedLong,
  actionStepDone,
} from './events.ts'
export { forgetForms } from './forgetting-forms.ts'
export { forgetPeopleJob, forgettingReactions, nobody } from './forgetting-people.ts'
export { actionJobs, actionSchedule } from './jobs.ts'
export { actionPages } from './pages/index.ts'
export { readMark } from './plan.ts'
export { labelOf, reasonsIn } from './reasons.ts'
export { actionRuleRoutes } from './routes.ts'
export { actingSql, presentRunning, type RunningRow, runningSql } from './running-actions.ts'
export { openStepResult } from './steps/results.ts'
