/** What somebody says happened, or will happen, on a day. */
export type Dated = 'refunded' | 'ordered' | 'shipped' | 'delivered' | 'expected'

/**
 * A day that was said in words, «last Friday».
 * @property among the days that it may mean, YYYY-MM-DD; any of them is right
 * @property latest whether an earlier one is right, too: «by Friday»
 */
export type SpokenDay = { words: string; among: readonly string[]; latest: boolean }
