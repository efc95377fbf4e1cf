export { askForApproval } from './approving/asking.ts'
export { askedOf } from './approving/choosing.ts'
export { type ActionOutline, outlineOf, outlinesOf } from './approving/outline.ts'
export { approvalReactions } from './approving/reactions.ts'
export { approvalRoutes } from './approving/routes.ts'
export { waitsForApproval } from './approving/waiting.ts'
export { openActionContent } from './content.ts'
export { handActionsOn } from './deciding/handing-on.ts'
export { confirmDraft } from './drafting/confirming.ts'
export { createAction } from './drafting/creating.ts'
export { orderOfDraft, startDraft, turnDraft } from './drafting/drafting.ts'
export { forgetForms } from './drafting/forgetting-forms.ts'
export {
  actionApprovalAsked,
  actionApprovalExpired,
  actionApproved,
  actionConfirmed,
  actionDeclined,
  actionEnded,
  actionFormOpened,
  actionParked,
  actionParkedLong,
  actionStepDone,
} from './events.ts'
export {
  forgetPeopleJob,
  forgetPeopleOfTickets,
  forgettingReactions,
  nobody,
  OPEN as OPEN_ACTIONS,
} from './forgetting-people.ts'
export { actionJobs, actionSchedule } from './jobs.ts'
export { actionPages } from './pages/index.ts'
export { readMark } from './plan.ts'
export { labelOf, reasonsIn } from './rules/reasons.ts'
export { actionRuleRoutes } from './rules/routes.ts'
export { actionRoutes } from './showing/action-routes.ts'
export { actsFor, personOf } from './showing/acts-on-orders.ts'
export { answerOf } from './showing/answering.ts'
export { actingSql, keptBySql, presentRunning, type RunningRow, runningSql } from './showing/running-actions.ts'
export { openStepResult } from './steps/results.ts'
