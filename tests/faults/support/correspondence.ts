import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { mailKeyOf } from '../../../backend/features/tickets/index.ts'
import { sendReply } from '../../../shared/drafts.ts'
import { Refused } from '../../support/caller.ts'
import type { Random } from '../../support/random.ts'
import { type CrashingDesk, SUPPORT } from './crashing-desk.ts'

export type Sent = { messageId: string; root: string; from: string }
/** `replyId` is null where the desk took an answer and its word of that was lost with a process. */
export type Answered = { replyId: string | null; text: string; customer: string }

/** Share of mails that answer an earlier one, that come a second time, that are too large for a row, and that bring a file. */
const ANSWERS = 0.3
const TWICE = 0.1
const LARGE = 0.03
const WITH_FILE = 0.05
/** Bytes above which a mail goes to object storage, with some to spare. */
const LARGE_BYTES = 300_000

/** Customers who write and answer themselves, and a team that answers some of them; each in words of its own. */
export function correspondenceAt(desk: CrashingDesk, random: Random) {
  const sent: Sent[] = []
  const answered: Answered[] = []

  const deliver = (mail: Mail) => desk.google.deliver(mailOf(mail), { from: mail.from, to: [SUPPORT] })

  return {
    /** Every distinct mail of a customer, in the order sent. */
    sent,
    /** Every answer that the desk has taken. */
    answered,
    write({ large = random() < LARGE, file = random() < WITH_FILE }: Partial<Size> = {}): void {
      const number = sent.length
      const earlier = random() < ANSWERS ? sent[Math.floor(random() * number)] : undefined
      const messageId = `<n${number}@customer.example>`
      const mail = { messageId, root: earlier?.root ?? messageId, from: earlier?.from ?? `c${number}@customer.example` }
      sent.push(mail)
      deliver({ ...mail, number, large, file })
      if (random() < TWICE) deliver({ ...mail, number, large, file })
    },
    /** Answers the ticket of some mail that is filed by now; asked again with the same key until the desk says that it has taken it. */
    async answer(): Promise<void> {
      const mail = sent[Math.floor((random() * sent.length) / 2)] // the newest are not filed yet
      const [ticket] = mail ? await ticketOf(desk, mail) : []
      if (!mail || !ticket) return
      const [key, text] = [randomUUID(), `Answer ${answered.length}: ${randomUUID()}`]
      const taken = await insisting(() =>
        desk.nora.call(sendReply, { params: { ticketId: ticket.id }, body: { text }, key }).catch(wasDone),
      )
      answered.push({ replyId: taken?.id ?? null, text, customer: ticket.email })
    },
  }
}

/** Nothing more is told of what was done when its answer is lost. */
function wasDone(error: unknown): null {
  if (error instanceof Refused && error.code === 'already_done') return null
  throw error
}

/** The database may be down just now: then nobody answers. */
const ticketOf = (desk: CrashingDesk, { messageId }: Sent) =>
  desk
    .rows<{ id: string; email: string }>(
      `select t.id, c.email from desk.message m
       join desk.ticket t on t.workspace_id = m.workspace_id and t.id = m.ticket_id
       join desk.customer c on c.workspace_id = t.workspace_id and c.id = t.customer_id
       where m.mail_key = $1 and t.merged_into_id is null and t.status <> 'closed'`,
      [mailKeyOf(messageId)],
    )
    .catch((error: unknown) => {
      if (error instanceof Error && 'code' in error) return []
      throw error
    })

/** Long enough for every process to come back on a busy machine. */
const PATIENCE_MS = 180_000

/** @throws Refused when the desk refuses for good */
async function insisting<T>(ask: () => Promise<T>): Promise<T> {
  const end = performance.now() + PATIENCE_MS
  for (;;) {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof Refused && error.status < 500 && ![409, 429].includes(error.status)) throw error
      const said = error instanceof Refused ? `${error.status} ${error.code}: ${error.message}` : String(error)
      if (performance.now() > end) throw new Error(`The desk took no answer for minutes: ${said}`, { cause: error })
      await pause(150)
    }
  }
}

/** What it brings that does not fit into a row. */
type Size = { large: boolean; file: boolean }
type Mail = Sent & Size & { number: number }

const BOUNDARY = 'a-boundary'

const mailOf = ({ messageId, root, from, number, large, file }: Mail): Buffer => {
  const text = [
    `Mail number ${number}: the jar arrived broken.`,
    large ? 'A long list of jars. '.repeat(LARGE_BYTES / 20) : '',
  ]
  const plain = ['Content-Type: text/plain; charset=utf-8', '', ...text]
  return Buffer.from(
    [
      `From: ${from}`,
      `To: ${SUPPORT}`,
      `Subject: ${root === messageId ? '' : 'Re: '}Jar of ${root}`,
      `Message-ID: ${messageId}`,
      ...(root === messageId ? [] : [`In-Reply-To: ${root}`, `References: ${root}`]),
      ...(file ? withFile(plain, pictureOf(number)) : plain),
    ].join('\r\n'),
  )
}

const withFile = (plain: readonly string[], content: string): string[] => [
  'MIME-Version: 1.0',
  `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
  '',
  `--${BOUNDARY}`,
  ...plain,
  `--${BOUNDARY}`,
  'Content-Type: text/plain; name="jar.txt"',
  'Content-Disposition: attachment; filename="jar.txt"',
  '',
  content,
  `--${BOUNDARY}--`,
  '',
]

/** Longer than one frame; every fourth mail brings a file that others brought as well. */
const pictureOf = (number: number): string =>
  `A picture of ${number % 4 === 0 ? 'our jars' : `jar ${number}`}.\r\n`.repeat(4_000)
