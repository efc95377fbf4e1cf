import { randomBytes, randomInt } from 'node:crypto'
import type { Mailbox } from './mailbox.ts'

let latest = { at: 0, low: 0 }

/** Gmail's ids: 16 hexadecimal digits, the time in milliseconds first. They grow within a millisecond too, so that lists keep the order of arrival. */
export function newMailId(box: Mailbox, date: number): string {
  const at = Math.min(Math.max(date, 0), 0xfffffffffff) // a Date header may name any year
  for (;;) {
    const follows = latest.at === at && latest.low < LOW - 256
    latest = { at, low: follows ? latest.low + randomInt(1, 256) : randomInt(LOW / 4) }
    const id = at.toString(16).padStart(11, '0') + latest.low.toString(16).padStart(5, '0')
    if (!box.mails.has(id) && !box.threads.has(id)) return id
  }
}

const LOW = 0x100000

/** The id Gmail gives to what is sent through its API, in place of the sender's own. */
export const newMessageId = () =>
  `<CA${randomBytes(27)
    .toString('base64')
    .replace(/\//g, '_')
    .replace(/^(.{4})./, '$1+')}@mail.gmail.com>`

export const newDraftId = () => `r${randomBytes(8).readBigInt64BE().toString()}`

/** History ids grow with holes, so that nobody counts on the next number. */
export const historyGap = () => randomInt(1, 40)
