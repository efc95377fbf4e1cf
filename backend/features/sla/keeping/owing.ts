import type { Ctx } from '../../../context.ts'
import type { Tx } from '../../../platform/tenancy.ts'
import type { Mark } from '../clock/marks.ts'
import { remark } from './rejudging.ts'

/**
 * The newest answer was a holding one: the customer has heard from a person and still waits for the answer. Call it after `reply.sent`
 * was recorded, while the ticket's row is locked; once more with another time moves the promise.
 * @param until when the answer was promised; null for no promise
 */
export const answerOwed = (ctx: Ctx, tx: Tx, ticketId: string, until: Date | null): Promise<void> =>
  remark(ctx, tx, ticketId, (marks) => {
    const newest = newestOf(marks, ['answered', 'held'])
    if (!newest) return null
    const held: Mark = { at: newest.at, what: 'held', until: until?.getTime() ?? null }
    return marks.filter((mark) => !isPauseOf(newest, mark)).map((mark) => (mark === newest ? held : mark))
  })

/**
 * The customer's newest mail only says thanks, and nothing is owed for it; or it does need an answer after all.
 * Call it while the ticket's row is locked.
 */
export const thanksOnly = (ctx: Ctx, tx: Tx, ticketId: string, isThanks: boolean): Promise<void> =>
  remark(ctx, tx, ticketId, (marks) => {
    const newest = newestOf(marks, ['asked'])
    if (!newest) return null
    const others = marks.filter(({ what, at }) => what !== 'thanked' || at < newest.at)
    if (!isThanks) return others.length === marks.length ? null : others
    const last = Math.max(...others.map(({ at }) => at)) // the mail has moved its ticket already
    return [...others, { at: last, what: 'thanked' }]
  })

const newestOf = (marks: readonly Mark[], kinds: readonly Mark['what'][]): Mark | undefined =>
  marks
    .filter(({ what }) => kinds.includes(what))
    .reduce<Mark | undefined>((a, b) => (a && a.at > b.at ? a : b), undefined)

/** An answer moves its ticket to pending in the same moment; a holding one does not hold the clock. */
const isPauseOf = (answer: Mark, mark: Mark): boolean =>
  mark.what === 'moved' && mark.to === 'pending' && mark.at === answer.at
