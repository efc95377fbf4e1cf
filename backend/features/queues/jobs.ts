import { runBulk, undoBulk } from './bulk/running.ts'
import { tellJob } from './reminders/reminding.ts'
import { wakeJob } from './snooze/snoozing.ts'

export const queueJobs = [wakeJob, tellJob, runBulk, undoBulk]
