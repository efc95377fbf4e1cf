import { following } from '../../platform/followers.ts'
import { takeByActing } from '../claims/index.ts'
import { draftStarted, replyPlanned, replySentAgain } from './events.ts'
import { sendingFollowers } from './sending/following.ts'

/** Who begins an answer is on the ticket; while somebody else is, the answer is not begun. */
export const draftFollowers = [
  following([draftStarted, replyPlanned, replySentAgain], takeByActing),
  ...sendingFollowers,
]
