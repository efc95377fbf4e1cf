import { every, type Recurring } from '../../platform/schedule.ts'
import { workspacesWithShops } from '../shops/index.ts'
import { carryOutJob, resumeGiftCardsJob } from './carrying-out.ts'

export const giftCardJobs = [carryOutJob, resumeGiftCardsJob]

export const giftCardSchedule: readonly Recurring[] = [every('5 minutes', resumeGiftCardsJob, workspacesWithShops)]
