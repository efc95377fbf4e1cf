import { remindCustomer } from './closing/reminding.ts'
import { tidyTickets } from './closing/ticking.ts'
import { resumeRepliesJob, sendPlannedReply } from './replying.ts'

export const draftJobs = [sendPlannedReply, resumeRepliesJob, remindCustomer, tidyTickets]
