import { claimantsAt } from '../claims/index.ts'
import { emailKey } from '../settings/index.ts'
import {
  fileAnswers,
  type Known,
  knownOfAll,
  type MailToFile,
  numberIn,
  readReplyHeader,
  ticketAmong,
  type Writer,
} from '../tickets/index.ts'
import { isAuthentic } from './authentic.ts'
import { authorAmong, ownerOfInbox, type People, peopleFor } from './authors.ts'
import { type Decision, decide } from './deciding.ts'
import type { Desk, Ending } from './desk.ts'
import { asMailToFile, because } from './filing.ts'
import { isMailbox } from './house.ts'
import { ignoredBy } from './ignoring/matching.ts'
import { allKeys, keysOf, type MailKeys } from './keys.ts'
import { ruled } from './mail-rules/applying.ts'
import type { MailText } from './parsing/parsed-mail.ts'
import { cluesOf } from './placing.ts'
import type { Attempt } from './preparing.ts'
import { isSpam } from './spam/suspecting.ts'
import { tokenOf } from './tokens.ts'
import { recipientsOf, writerOf } from './writer.ts'

type Parsed = Extract<Attempt, { kind: 'parsed' }>

/** A mail that belongs to a ticket by the ids that it names, and what it has to do with: ids, a conversation, people. */
type Head = { attempt: Parsed; keys: MailKeys; about: readonly string[] }

/** `author` of a mail of ours: who wrote it as far as it says itself. */
type Answer = {
  attempt: Parsed
  keys: MailKeys
  mail: MailToFile
  ticketId: string
  decision: Decision
  author: string | null
}

/**
 * The mails at the head of a batch that answer, each on a ticket of its own; filed together they cost a fraction of what each costs
 * alone. A mail is passed over when an earlier one has anything to do with it: an id that both name, a conversation, a person or a
 * ticket. It stops at a mail whose ticket takes more questions.
 * @param alone is told which of them turn out to be filed by themselves, so that nobody asks again when their turn comes
 * @returns none where the first of them is not one of these, or it is the only one
 */
export async function answersAmong(desk: Desk, attempts: readonly Attempt[], alone: Set<Attempt>): Promise<Answer[]> {
  const [first] = attempts
  const heads = first === undefined || alone.has(first) ? [] : headsOf(desk, attempts)
  if (apart(heads, ({ about }) => about).length < 2) return []
  const people = await peopleFor(
    desk,
    heads.map(({ attempt }) => attempt.mail),
  )
  const known = await knownOfAll(
    desk.tx,
    heads.map(({ attempt: { mail }, keys }) => cluesOf(desk, { mail, keys, from: writerOf(mail, desk.house) })),
  )
  const end = known.findIndex(({ hits }) => hits.length === 0 || hits.some(({ merged }) => merged))
  for (const { attempt } of end < 0 ? [] : heads.slice(end, end + 1)) alone.add(attempt)
  const decided = (end < 0 ? heads : heads.slice(0, end)).map((head, n) => {
    const decision = decisionOn(desk, people, head.attempt)
    const tickets = known[n]?.hits.map(({ number }) => ticketMark(number)) ?? []
    const writer = decision.kind === 'staff' ? [] : [personMark(decision.from.address)]
    return { head, known: known[n], decision, about: [...head.about, ...tickets, ...writer] }
  })
  const answers = apart(decided, ({ about }) => about).flatMap(({ head, known: found, decision }) => {
    const answer = found ? answerOf(desk, head, found, decision, people) : null
    if (answer === null) alone.add(head.attempt)
    return answer ?? []
  })
  return answers.length > 1 && answers[0]?.attempt === first ? answers : []
}

/** Those that have nothing to do with any before them. */
function apart<T>(list: readonly T[], aboutOf: (one: T) => readonly string[]): T[] {
  const seen = new Set<string>()
  return list.filter((one) => {
    const about = aboutOf(one)
    const isApart = !about.some((mark) => seen.has(mark))
    for (const mark of about) seen.add(mark)
    return isApart
  })
}

/** Up to the first that is not placed by ids alone. */
function headsOf(desk: Desk, attempts: readonly Attempt[]): Head[] {
  const heads: Head[] = []
  for (const attempt of attempts) {
    if (attempt.kind !== 'parsed' || isSpam(attempt.waiting) || attempt.mail.returned) break
    const keys = keysOf(attempt.mail, attempt.rawHash)
    const named = allKeys(keys)
    if (desk.forgotten.has(keys.own) || !named.some((key) => desk.named.has(key))) break
    heads.push({ attempt, keys, about: [...named, ...marksOf(desk, attempt)] })
  }
  return heads
}

const ticketMark = (number: number) => `ticket ${number}`
const personMark = (address: string) => `person ${emailKey(address)}`

function marksOf(desk: Desk, { mail, waiting: { threadId } }: Parsed): string[] {
  const numbers = [numberIn(mail.subject), tokenOf(desk, mail)?.number ?? null]
  const others = recipientsOf(mail).filter((address) => !isMailbox(desk.house, address))
  return [
    ...(threadId === null ? [] : [`conversation ${threadId}`]),
    ...numbers.flatMap((number) => (number === null ? [] : [ticketMark(number)])),
    ...others.map(personMark),
  ]
}

function decisionOn({ house }: Desk, { byAddress }: People, { mail, waiting }: Parsed): Decision {
  const isStaff = (address: string) => byAddress.has(emailKey(address))
  return decide(mail, house, isStaff, isAuthentic(mail, house, waiting.labels))
}

/** @returns null for a mail that is filed by itself */
function answerOf(
  desk: Desk,
  { attempt, keys }: Head,
  known: Known,
  decision: Decision,
  people: People,
): Answer | null {
  const { mail } = attempt
  if (decision.kind !== 'customer' && decision.kind !== 'staff') return null
  if (known.hits.some(({ held, key }) => held && key === keys.own)) return null // it is filed already, or its id is
  if (isReplyOfOurs(desk, mail)) return null
  const found = ticketAmong(cluesOf(desk, { mail, keys, from: decision.from }), known)
  if (found === null || found.also.length > 0) return null
  const toFile = asMailToFile(desk, attempt, keys, decision)
  if (decision.kind === 'customer' && isStopped(desk, attempt, toFile)) return null
  const author = decision.kind === 'staff' ? authorAmong(desk, people, mail) : null
  return { attempt, keys, mail: because(toFile, found), ticketId: found.ticketId, decision, author }
}

/** Its author and its ticket are in the journal. */
const isReplyOfOurs = ({ ctx, tx }: Desk, { headers }: MailText): boolean =>
  (headers['x-sidedesk-reply'] ?? []).some((header) => readReplyHeader(ctx.signer, tx.workspaceId, header) !== null)

/** Whether the list of ignored senders or a rule has a say in a mail. */
function isStopped(desk: Desk, attempt: Parsed, { from, provenKey }: MailToFile): boolean {
  if (attempt.waiting.wanted) return false
  if (ignoredBy(desk.ignored, { address: from.address, provenKey }) !== null) return true
  const verdict = ruled(desk, attempt)
  return verdict !== null && verdict.outcome !== 'ticket'
}

/** @returns how those ended that joined their tickets; the others are not filed */
export async function fileAnswering(desk: Desk, answers: readonly Answer[]): Promise<Map<Attempt, Ending>> {
  const { tx, box, oldMs } = desk
  const writers = await writersOf(desk, answers)
  const filed = await fileAnswers(
    tx,
    box,
    answers.map(({ mail, ticketId }, n) => ({ mail, ticketId, writer: writers[n] ?? null })),
    oldMs,
  )
  const joined = answers.flatMap((answer, n) => {
    const end = filed[n]
    return end ? [{ answer, end }] : []
  })
  for (const { answer } of joined) for (const key of allKeys(answer.keys)) desk.named.add(key)
  return new Map(
    joined.map(({ answer: { attempt, mail }, end: { outcome, messageId } }) => [
      attempt,
      { outcome, reason: mail.why ?? null, messageId },
    ]),
  )
}

/** Whose words ours are: as they say, else of the one whose inbox it is, else of whoever was on the ticket. Null for customers' mails. */
async function writersOf(desk: Desk, answers: readonly Answer[]): Promise<(Writer | null)[]> {
  const nameless = answers.filter(({ decision, author }) => decision.kind === 'staff' && author === null)
  const isSent = ({ attempt }: Answer) => attempt.waiting.labels.includes('SENT')
  const owner = nameless.some(isSent) ? await ownerOfInbox(desk) : null
  const unknown = nameless.filter((answer) => owner === null || !isSent(answer))
  const claimants = await claimantsAt(
    desk.tx,
    unknown.map(({ ticketId, mail }) => ({ ticketId, at: mail.sentAt })),
  )
  return answers.map((answer): Writer | null => {
    const { decision, author } = answer
    if (decision.kind !== 'staff') return null
    const place = unknown.indexOf(answer)
    if (place < 0) return { staffId: author ?? owner }
    const staffId = claimants[place] ?? null
    return staffId === null ? { staffId } : { staffId, byClaim: true }
  })
}
