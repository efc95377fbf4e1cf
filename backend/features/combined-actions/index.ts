export { actsFor } from './acts-on-orders.ts'
export { actingSql, presentRunning, type RunningRow, runningSql } from './running-actions.ts'
