/** What somebody hands over themselves. */
export const HAND_OVER = '/desk/handover'
/** The way out: what is open first. */
export const LEAVE = `${HAND_OVER}/leaving`
/** What people left, for whoever leads. */
export const LEFT = `${HAND_OVER}/left`
