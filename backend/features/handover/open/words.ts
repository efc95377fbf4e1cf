import type { OpenTicket, OpenWhy } from '../../../../shared/handover.ts'

const WHY_WORDS: Record<OpenWhy, string> = {
  claim: 'you are on it',
  promise: 'you promised an answer',
  reminder: 'your reminder',
  answer: 'your answer is not sent',
  action: 'your action is not over',
  due: 'due before you are back',
}

/** Why a ticket is open, and by when somebody waits: `you are on it, your reminder, 14:05`. @param time writes an instant */
export const openWords = ({ why, by }: Pick<OpenTicket, 'why' | 'by'>, time: (at: Date) => string): string =>
  [...why.map((each) => WHY_WORDS[each]), ...(by === null ? [] : [time(new Date(by))])].join(', ')

/** `1 ticket`, `3 tickets`. */
export const ticketsWords = (count: number): string => (count === 1 ? '1 ticket' : `${count} tickets`)

/** What a list leaves out that holds as much as one hand-over takes. @param more one at least */
export const moreWords = (more: number): string =>
  `and ${ticketsWords(more)} more, which can wait longer. What you do not hand over is shown to your supervisor.`
