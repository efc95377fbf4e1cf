import type { Ctx } from '../../context.ts'
import type { Work } from '../../platform/jobs.ts'
import { withUndecided } from '../../platform/journal.ts'
import { daily, every, type Recurring } from '../../platform/schedule.ts'
import { tellOwner } from './assignment-notices.ts'
import { sendDigest, sendDigests, withWaiting } from './digest/digesting.ts'
import { sendNotice } from './mailing.ts'
import { pushNotice } from './push/pushing.ts'
import { forgetNotices, resumeNotices } from './resuming.ts'

export const noticeJobs: readonly Work<Ctx>[] = [
  sendNotice,
  pushNotice,
  sendDigest,
  sendDigests,
  tellOwner,
  resumeNotices,
  forgetNotices,
]

export const noticeSchedule: readonly Recurring[] = [
  every('5 minutes', resumeNotices, withUndecided),
  every('5 minutes', sendDigests, withWaiting),
  daily('03:40', forgetNotices),
]
