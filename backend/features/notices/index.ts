export { claimNotices } from './claim-notices.ts'
export { noticeReactions } from './reactions.ts'
export { resumeNotices, sendNotice } from './sending.ts'
export { webhookNotices } from './webhook-notices.ts'
