import { forgetBrakes } from './automatic/brake.ts'
import { remindCustomer } from './closing/reminding.ts'
import { sendReminder } from './closing/sending.ts'
import { tidyTickets } from './closing/ticking.ts'
import { sendPlannedReply } from './replying.ts'
import { resumeRepliesJob } from './resuming.ts'

export const draftJobs = [sendPlannedReply, sendReminder, resumeRepliesJob, remindCustomer, tidyTickets, forgetBrakes]
