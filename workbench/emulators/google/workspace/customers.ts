import { key } from '../directory.ts'
import type { Ground } from '../ground.ts'
import { emailsIn } from '../mime/addresses.ts'
import { fieldsOf, headerValue, split } from '../mime/headers.ts'
import { partOf, textOf } from '../mime/tree.ts'
import type { ReceivedMail } from '../store/entries.ts'
import type { DeliveryOptions } from './delivery.ts'
import { type Delivered, deliver } from './post-office.ts'
import { composed, type Writing } from './writing.ts'

export interface CustomerMail {
  id: string
  messageId: string
  references: string[]
  from: string
  subject: string
  text: string
  at: Date
}

export type Customers = ReturnType<typeof customersOf>

/** The people outside: what each received, and their own writing. */
export function customersOf(ground: Ground) {
  const received = ground.store.state.received
  const present = (mail: ReceivedMail): CustomerMail => ({
    id: mail.id,
    messageId: mail.head.messageId,
    references: mail.head.references,
    from: mail.head.from,
    subject: mail.head.subject,
    text: textOf(partOf(ground.store.rawOf(mail.raw)), 1_000_000),
    at: new Date(mail.at),
  })

  async function write(writing: Writing): Promise<Delivered> {
    const to = [writing.to].flat()
    const raw = await composed(ground, { ...writing, to }, received.get(key(writing.from)) ?? [])
    return deliver(ground, raw, { from: key(writing.from), to: [...to, ...(writing.cc ?? [])] }, writing)
  }

  return {
    list() {
      const names = new Map(ground.directory.people().map(({ email, name = '' }) => [key(email), name]))
      const emails = [...new Set([...names.keys(), ...received.keys()])]
      return emails.map((email) => ({
        email,
        name: names.get(email) ?? '',
        received: received.get(email)?.length ?? 0,
      }))
    },
    /** Oldest first. */
    inbox: (email: string) => (received.get(key(email)) ?? []).map(present),
    rawOf(email: string, id: string): Buffer | undefined {
      const mail = received.get(key(email))?.find((one) => one.id === id)
      return mail && ground.store.rawOf(mail.raw)
    },
    write,
    /** Answers the newest mail the customer received, to its Reply-To when it has one. */
    async reply(email: string, text: string, options: DeliveryOptions = {}): Promise<Delivered> {
      const last = received.get(key(email))?.at(-1)
      if (!last) throw new Error(`${email} has received nothing to answer`)
      const fields = fieldsOf(split(ground.store.rawOf(last.raw)).block)
      const to = emailsIn(headerValue(fields, 'Reply-To') ?? headerValue(fields, 'From'))
      const name = ground.directory.person(email)?.name
      const subject = /^re:/i.test(last.head.subject) ? last.head.subject : `Re: ${last.head.subject}`
      const writing = { from: email, to, subject, text, inReplyTo: last.head.messageId }
      return write({ ...writing, ...(name ? { name } : {}), ...options })
    },
  }
}
