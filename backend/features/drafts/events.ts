import { z } from 'zod'
import { event } from '../../platform/events.ts'

const ofReply = z.object({ ticketId: z.uuid(), replyId: z.uuid() })

/** A draft was opened in somebody's Gmail. */
export const draftStarted = event('draft.started', z.object({ ticketId: z.uuid() }))
export const replyPlanned = event('reply.planned', ofReply)
export const replyRefused = event('reply.refused', ofReply)
/** Nobody can tell whether it was sent, and it is not sent again by itself. */
export const replyUnclear = event('reply.unclear', ofReply)
/** Somebody wants an answer sent again that was refused, or of which nobody could tell. */
export const replySentAgain = event('reply.sent_again', ofReply)
export const savedReplyWritten = event('saved_reply.written', z.object({ savedReplyId: z.uuid() }))
export const savedReplyRemoved = event('saved_reply.removed', z.object({ savedReplyId: z.uuid() }))
/** `acts`: how many things it does besides its text. */
export const macroUsed = event('macro.used', z.object({ ticketId: z.uuid(), savedReplyId: z.uuid(), acts: z.int() }))
/** What was taken for thanks needs an answer. */
export const thanksRefused = event('thanks.refused', z.object({ ticketId: z.uuid() }))
/** A rule answers, as a machine. */
export const automaticReplyPlanned = event('reply.automatic', ofReply)
/** The customer was asked whether they still need help. */
export const customerReminded = event('customer.reminded', ofReply)
