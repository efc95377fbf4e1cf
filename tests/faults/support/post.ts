import type { Random } from '../../support/random.ts'
import type { CrashingDesk } from './crashing-desk.ts'
import { SUPPORT } from './crashing-desk.ts'

export type Posted = { messageId: string /** Message-ID of the conversation's first mail. */; root: string }

/** Customers who write, answer themselves, and now and then send the same mail twice. */
export function post(desk: CrashingDesk, random: Random) {
  const posted: Posted[] = []
  const deliver = ({ messageId, root }: Posted, number: number) =>
    desk.google.deliver(mailOf(messageId, root, number), { from: `ada${number}@customer.example`, to: [SUPPORT] })
  return {
    /** Every distinct mail, in the order sent. */
    posted,
    next() {
      const number = posted.length
      const messageId = `<m${number}@customer.example>`
      const earlier = random() < 0.3 ? posted[Math.floor(random() * number)] : undefined
      const mail = { messageId, root: earlier?.root ?? messageId }
      posted.push(mail)
      deliver(mail, number)
      if (random() < 0.1) deliver(mail, number)
    },
  }
}

const mailOf = (messageId: string, root: string, number: number): Buffer =>
  Buffer.from(
    [
      `From: Ada ${number} <ada${number}@customer.example>`,
      `To: ${SUPPORT}`,
      `Subject: ${root === messageId ? '' : 'Re: '}Jar of ${root}`,
      `Message-ID: ${messageId}`,
      ...(root === messageId ? [] : [`In-Reply-To: ${root}`, `References: ${root}`]),
      `Date: ${new Date().toUTCString()}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      `Mail number ${number}: the jar arrived broken.`,
      '',
    ].join('\r\n'),
  )
