import { randomFrom } from '../../support/random.ts'
import { makeMails } from './mails.ts'

/** Of a hundred mails of a stream so many are customers' answers, and so many the team's; all others are new. */
const CUSTOMERS = 20
const OURS = 20

/**
 * A desk's stream: new mails, and answers to conversations that are there, each naming all that was said before it.
 * @param begun the first mails of those conversations
 */
export function makeStream(count: number, seed: number, begun: readonly Buffer[]): Buffer[] {
  const random = randomFrom(seed + 1)
  const talks = begun.map((raw) => {
    const head = raw.toString('utf8', 0, 4_000)
    return { customer: said(head, 'From'), subject: said(head, 'Subject'), ids: [said(head, 'Message-ID')] }
  })
  return makeMails(count, seed).map((raw) => {
    const turn = random() * 100
    const talk = talks[Math.floor(random() * talks.length)]
    if (turn >= CUSTOMERS + OURS || !talk) return raw
    const isOurs = turn >= CUSTOMERS
    const mail = raw.toString()
    const id = said(mail, 'Message-ID')
    const [from, to] = isOurs ? [SUPPORT, talk.customer] : [talk.customer, SUPPORT]
    const answering = `Message-ID: ${id}\r\nIn-Reply-To: ${talk.ids.at(-1)}\r\nReferences: ${talk.ids.join(' ')}`
    talk.ids.push(id)
    const answer = mail
      .replace(/^From: .*$/m, () => `From: ${from}`)
      .replace(/^To: .*$/m, () => `To: ${to}`)
      .replace(/^Subject: .*$/m, () => `Subject: Re: ${talk.subject}`)
      .replace(/^Message-ID: .*$/m, () => answering)
    return Buffer.from(isOurs ? PROVED + answer : answer)
  })
}

const SUPPORT = 'Support <support@bench.example>'
const PROVED =
  'Authentication-Results: mx.google.com; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=bench.example\r\n'

function said(head: string, name: string): string {
  const [, value] = new RegExp(`^${name}: (.*)$`, 'm').exec(head) ?? []
  if (value === undefined) throw new Error(`A mail without ${name}`)
  return value.trim()
}
