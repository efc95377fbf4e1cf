import type { Counting } from '../../../backend/features/sla/index.ts'
import { languageIn } from '../../../backend/features/triage/index.ts'
import { hashOf } from '../../../backend/platform/crypto.ts'
import { newId } from '../../../backend/platform/ids.ts'
import type { Box } from '../../../backend/platform/keyring.ts'
import type { YearTicket } from '../../scenarios/a-year/ticket.ts'
import { SHOP, type StaffSeed } from '../../scenarios/fern-and-fig.ts'
import type { Person } from '../../scenarios/story.ts'
import type { Pouring } from './pouring.ts'
import type { TableName } from './tables.ts'

export const NEVER = new Date('9999-12-31T00:00:00.000Z')
const NOT_YET = new Date('1970-01-01T00:00:00.000Z')
const OPEN = ['new', 'open', 'pending', 'on_hold']

export type House = {
  workspaceId: string
  mailboxId: string
  box: Box
  counting: Counting
  rulesVersion: number
  policyId: string
  now: number
  /** Orders with an action that waits. */
  openOn: Set<string>
  /** By their address. */
  staffId(email: string): string
}

export type Numbered = { ticket: YearTicket; id: string; number: number; customerId: string; customer: Person }

/** A mail as it lies in the mailbox and as the desk has it. */
export type WrittenMail = {
  messageId: string
  rfcId: string
  answers: string | null
  at: number
  /** Whoever of the staff wrote it; null when the customer did. */
  by: StaffSeed | null
  isOut: boolean
  from: Person
  to: Person
  subject: string
  text: string
  isFirst: boolean
}

type Tables = Record<TableName, Pouring>

/** Writes a ticket with its mails, its record and its clocks. @returns its mails, oldest first */
export function writeTicket(tables: Tables, house: House, one: Numbered): WrittenMail[] {
  const mails = mailsOf(one)
  for (const mail of mails) writeMessage(tables, house, one, mail)
  writeHandleTime(tables, house, one)
  const clocks = clocksOf(house, one)
  writeRecord(tables, house, one, { mails, clocks })
  writeRow(tables, house, one, { mails, clocks })
  return mails
}

const SUPPORT: Person = { name: SHOP.name, email: SHOP.support }

const authors = new Map<StaffSeed, Person>()

/** One object for each of the staff. */
function authorOf(seed: StaffSeed): Person {
  const known = authors.get(seed) ?? { name: seed.name, email: SHOP.support }
  authors.set(seed, known)
  return known
}

function mailsOf({ ticket, id, customer }: Numbered): WrittenMail[] {
  const said = ticket.happened.filter((one) => one.what === 'wrote' || one.what === 'answered')
  let answers: string | null = null
  return said.map((one, n) => {
    const { what, at, text } = one
    const by = what === 'answered' ? one.by.seed : null
    const rfcId = `<${id}.${n}@${by ? SHOP.domain : customer.email.split('@')[1]}>`
    const mail = {
      messageId: newId(new Date(at)),
      rfcId,
      answers,
      at,
      by,
      isOut: by !== null,
      from: by ? authorOf(by) : customer,
      to: by ? customer : SUPPORT,
      text,
      isFirst: n === 0,
    }
    answers = rfcId
    return { ...mail, subject: n === 0 ? ticket.subject : `Re: ${ticket.subject}` }
  })
}

function writeMessage(
  tables: Tables,
  { workspaceId, box, staffId }: House,
  { id, customerId }: Numbered,
  mail: WrittenMail,
): void {
  const { messageId, rfcId, answers, at, by, isOut, from, to, subject, text, isFirst } = mail
  const sentAt = new Date(at)
  const envelope = { subject, messageId: rfcId, from: { name: from.name, address: from.email }, to: [to.email], cc: [] }
  const author = by ? staffId(by.email) : customerId
  const proven = isOut ? null : from.email
  tables.message.row(
    workspaceId,
    messageId,
    id,
    isOut ? 'out' : 'in',
    isOut ? 'staff' : 'customer',
    author,
    hashOf(rfcId),
    answers && hashOf(answers),
    isFirst ? 'new' : 'in_reply_to',
    proven,
    isOut ? 'own' : 'proven',
    sentAt,
    box.seal('message.envelope', messageId, JSON.stringify(envelope)),
    box.seal('message.excerpt', messageId, text),
    box.seal('message.body', messageId, text),
    sentAt,
  )
}

/** How long somebody had the ticket open beside the mail, where the panel was open at all. */
function writeHandleTime({ handle_time }: Tables, { workspaceId, staffId }: House, { ticket, id }: Numbered): void {
  const seconds = Map.groupBy(
    ticket.happened.filter((one) => one.what === 'answered'),
    ({ by }) => by,
  )
  for (const [{ seed }, answers] of seconds)
    handle_time.row(
      workspaceId,
      id,
      staffId(seed.email),
      answers.reduce((sum, { worked }) => sum + worked, 0),
      new Date(answers.at(-1)?.at ?? 0),
    )
}

type Clock = ReturnType<Counting['clocks']>[number]
type Clocks = { marks: unknown[]; all: Clock[] }

/** What moved the clocks, and what they came to by the rules of the desk. */
function clocksOf({ counting, policyId }: House, { ticket }: Numbered): Clocks {
  const first = ticket.happened[0]?.at ?? 0
  const marks: [number, 'created' | 'asked' | 'answered' | 'moved' | 'voided', string?][] = [[first, 'created', 'new']]
  for (const one of ticket.happened) {
    if (one.what === 'wrote') marks.push([one.at, 'asked'])
    if (one.what === 'answered') marks.push([one.at, 'answered'])
    if (one.what === 'moved') marks.push([one.at, 'moved', one.to])
  }
  if (ticket.isSpam) marks.push([first + 60_000, 'voided'])
  return { marks, all: counting.clocks(marks, { policyId, priority: ticket.priority }) }
}

function writeRecord(
  tables: Tables,
  house: House,
  one: Numbered,
  { mails, clocks }: { mails: WrittenMail[]; clocks: Clocks },
): void {
  const { workspaceId, mailboxId, staffId, policyId, now } = house
  const { ticket, id, customerId } = one
  const agent = ticket.agent ? staffId(ticket.agent.seed.email) : null
  const tell = (at: number, type: string, by: ['customer' | 'staff' | 'system', string | null], payload: object) => {
    const when = new Date(at)
    tables.event.row(workspaceId, when, newId(when), when, type, by[0], by[1], id, JSON.stringify(payload))
  }
  const staff: ['staff', string | null] = ['staff', agent]
  const desk: ['system', null] = ['system', null]
  const begun = mails[0]?.at ?? now
  const more = ticket.priority === 'normal' ? {} : { priority: ticket.priority }
  tell(begun, 'ticket.created', ['customer', customerId], { customerId, mailboxId, followsId: null, ...more })
  const [answer] = mails.filter(({ isOut }) => isOut)
  if (agent && answer) {
    tell(answer.at - 120_000, 'ticket.assigned', staff, { assigneeId: agent, before: null })
    tell(answer.at, 'ticket.first_responded', staff, {
      staffId: agent,
      seconds: Math.round((answer.at - begun) / 1_000),
    })
  }
  for (const { by, messageId, at, isFirst } of mails)
    if (by) {
      const staffId = house.staffId(by.email)
      tell(at, 'reply.sent', ['staff', staffId], { messageId, staffId, automatic: false, why: 'in_reply_to' })
    } else
      tell(at, 'mail.received', ['customer', customerId], {
        messageId,
        automatic: false,
        why: isFirst ? 'new' : 'in_reply_to',
      })
  for (const what of ticket.happened) {
    if (what.what === 'moved')
      tell(what.at, 'ticket.moved', what.byDesk ? desk : staff, { from: what.from, to: what.to })
    if (what.what === 'escalated')
      tell(what.at, 'ticket.escalated', staff, {
        escalationId: newId(new Date(what.at)),
        toId: agent,
        reason: 'needs_expert',
      })
  }
  if (ticket.isSpam)
    tell(begun + 60_000, 'ticket.voided', ['staff', staffId(`june@${SHOP.domain}`)], { reason: 'spam' })
  for (const clock of toldOf(clocks, now)) {
    const facts = {
      target: clock.target,
      policyId,
      startedAt: clock.since,
      limitSeconds: Math.round((clock.limit ?? 0) / 1_000),
    }
    if (clock.isLate) tell(clock.dueAt ?? now, 'sla.breached', desk, { ...facts, answered: clock.endedAt !== null })
    else tell(clock.endedAt ?? now, 'sla.met', desk, facts)
  }
}

/** What the desk said of clocks: late once they were, in time once they stopped. */
const toldOf = ({ all }: Clocks, now: number) =>
  all.flatMap((clock) => {
    const isLate = clock.dueAt !== null && clock.dueAt < (clock.endedAt ?? now)
    return clock.limit === null || (!isLate && clock.endedAt === null) ? [] : [{ ...clock, isLate }]
  })

function writeRow(
  tables: Tables,
  house: House,
  one: Numbered,
  { mails, clocks }: { mails: WrittenMail[]; clocks: Clocks },
): void {
  const { workspaceId, mailboxId, staffId, policyId, rulesVersion, now } = house
  const { ticket, id, number, customerId } = one
  const { status, priority, category, tags, subject, agent, isSpam } = ticket
  const agentId =
    agent && (mails.some(({ isOut }) => isOut) || !OPEN.includes(status)) ? staffId(agent.seed.email) : null
  const running = clocks.all.filter(({ state }) => state === 'running')
  const dueOf = (target: string) => instant(running.find((clock) => clock.target === target)?.dueAt ?? null)
  const dueAt = instant(least(running.flatMap(({ dueAt: due }) => due ?? []))) ?? NEVER
  const last = mails.at(-1)
  const waits = last !== undefined && !last.isOut && OPEN.includes(status) && !isSpam
  const queueAt = waits ? new Date(last.at) : NEVER
  const solved = ticket.happened.findLast((one2) => one2.what === 'moved' && one2.to === 'solved')
  const answer = mails.find(({ isOut }) => isOut)
  const solvedAt = solved ? new Date(solved.at) : NOT_YET
  tables.ticket.row(
    workspaceId,
    id,
    number,
    subject,
    customerId,
    mailboxId,
    status,
    priority,
    category,
    tags,
    agentId,
    isSpam ? 'spam' : null,
    queueAt,
    isSpam ? NEVER : dueAt,
    solvedAt,
    new Date(last?.at ?? now),
    mails.length,
    answer ? new Date(answer.at) : null,
    answer ? agentId : null,
    languageOf(ticket),
    new Date(mails[0]?.at ?? now),
  )
  if (OPEN.includes(status) && !isSpam)
    for (const tag of tags) tables.ticket_tag.row(workspaceId, tag, dueAt, queueAt, id)
  const told = toldOf(clocks, now)
  const codes = told.map(({ target, since, isLate }) => `${target}/${isLate ? 'breach' : 'met'}/${since}`)
  const checks = running.flatMap(({ dueAt: due }) => (due !== null && due > now ? due : []))
  const state = running.length > 0 ? 'running' : clocks.all.at(-1)?.state === 'stopped' ? 'ended' : 'paused'
  tables.sla_clock.row(
    workspaceId,
    id,
    JSON.stringify(clocks.marks),
    rulesVersion,
    policyId,
    state,
    dueOf('first'),
    dueOf('next'),
    dueOf('resolution'),
    codes,
    instant(least(checks)) ?? NEVER,
  )
}

const least = (times: readonly number[]) => (times.length === 0 ? null : Math.min(...times))
const instant = (at: number | null) => (at === null ? null : new Date(Math.ceil(at)))

/** There are few texts in a year, and what is said of one is said of all that are alike. */
const languages = new Map<string, string | null>()

/** As the desk reads it in the first mail. */
function languageOf({ subject, happened: [first] }: YearTicket): string | null {
  const said = `${subject}\n\n${first?.what === 'wrote' ? first.text : ''}`
  const language = languages.has(said) ? (languages.get(said) ?? null) : languageIn(said)
  languages.set(said, language)
  return language
}
