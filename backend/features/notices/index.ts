export { noticeReactions } from './reactions.ts'
export { resumeNotices, sendNotice } from './sending.ts'
