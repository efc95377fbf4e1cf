export { actsFor } from './acts-on-orders.ts'
export { openActionContent } from './content.ts'
export {
  actionApprovalAsked,
  actionApprovalExpired,
  actionApproved,
  actionConfirmed,
  actionDeclined,
  actionEnded,
  actionParked,
  actionParkedLong,
  actionResumed,
  actionStepDone,
  actionStepRefused,
  actionStopped,
  actionUndone,
} from './events.ts'
export { labelOf, reasonsIn } from './reasons.ts'
export { actionRuleRoutes } from './routes.ts'
export { actingSql, presentRunning, type RunningRow, runningSql } from './running-actions.ts'
export { openStepResult, type StepResult } from './steps/results.ts'
