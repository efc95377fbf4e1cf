import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { ADMINS, LEADS, PEOPLE_AT_WORK, STAFF_ROLES, type StaffRole } from './roles.ts'

/** How something reaches a person. `both` is a mail and a push of one thing; `digest` is one mail a day. */
export const NOTICE_WAYS = ['mail', 'push', 'both', 'digest', 'off'] as const
export const NoticeWay = z.enum(NOTICE_WAYS)
export type NoticeWay = z.infer<typeof NoticeWay>

type Kind = {
  /** When it comes, as the person who chooses reads it. */
  label: string
  /** All that a push says of it, beside the number of a ticket. */
  short: string
  /** Whom it can be about. */
  roles: readonly StaffRole[]
  /** What happens until somebody chooses. */
  usual: NoticeWay
  /** Others wait for this person: it reaches them at once, in some way. */
  sure: boolean
}

const kind = (label: string, short: string, roles: readonly StaffRole[], usual: NoticeWay = 'mail'): Kind => ({
  label,
  short,
  roles,
  usual,
  sure: false,
})

const sure = (of: Kind): Kind => ({ ...of, sure: true })

const MONEY_PEOPLE = ['agent', 'supervisor', 'finance', 'admin'] as const
const CERTIFIED_TO = ['supervisor', 'finance', 'admin'] as const

/** Everything that people of the staff are told of. Add, never rename: choices are kept by these names. */
export const NOTICE_KINDS = {
  mention: kind('Somebody names you in a note', 'You are mentioned', STAFF_ROLES),
  assignment: kind('A ticket is given to you', 'A ticket is yours', PEOPLE_AT_WORK, 'off'),
  escalation: kind('A ticket is escalated to you', 'Escalated to you', PEOPLE_AT_WORK),
  warning: kind('An answer is due soon', 'An answer is due soon', PEOPLE_AT_WORK),
  breach: kind('An answer is late', 'An answer is late', PEOPLE_AT_WORK),
  approval: sure(kind('Somebody asks for your approval', 'Your approval is asked for', LEADS)),
  decision: kind('Your action is approved or declined', 'An action of yours is decided', PEOPLE_AT_WORK),
  parked: sure(kind('An action of yours stands still', 'An action of yours stands still', PEOPLE_AT_WORK)),
  money: sure(kind('A bank turns a refund down', 'A bank turned a refund down', MONEY_PEOPLE)),
  stuck: kind(
    'An action of somebody stands still for half an hour, or while they are off shift',
    'An action stands still',
    LEADS,
  ),
  claim: kind('Somebody takes over what you are on, or answers as well', 'Two people on one ticket', PEOPLE_AT_WORK),
  said: kind('Your answer says other than what was done', 'Look at your answer again', PEOPLE_AT_WORK),
  undelivered: kind('An answer of yours did not arrive', 'An answer did not arrive', PEOPLE_AT_WORK),
  task: kind('A task of yours is due', 'A task is due', PEOPLE_AT_WORK),
  reminder: kind('You wanted to be reminded', 'Your reminder', PEOPLE_AT_WORK),
  rule: kind('A rule tells you of a ticket', 'A rule tells you of a ticket', PEOPLE_AT_WORK),
  handover: kind('Work is handed over to you, or left behind', 'Work is handed over', PEOPLE_AT_WORK),
  shift: kind('A swap of shifts waits for you, or is decided', 'A swap of shifts', PEOPLE_AT_WORK),
  forgotten: kind('Somebody forgot to log out', 'A forgotten log-out', LEADS, 'digest'),
  certificate: kind('The nightly count of mails, and of books and shop', 'A nightly count', CERTIFIED_TO, 'off'),
  missing: kind('A count found mails that differ from Gmail', 'Mails differ from Gmail', LEADS),
  mailbox: sure(kind('A mailbox cannot be read any more', 'A mailbox cannot be read', LEADS, 'both')),
  surprise: kind('Something comes much more, or much less, often than usual', 'Something is unusual', LEADS),
  webhook: kind('A webhook was switched off', 'A webhook was switched off', ADMINS),
} as const satisfies Record<string, Kind>
export type NoticeKind = keyof typeof NOTICE_KINDS

const KIND_NAMES = Object.keys(NOTICE_KINDS) as [NoticeKind, ...NoticeKind[]]

/** What somebody of a role chooses about, in the order of the page. */
export const noticeKindsFor = (role: StaffRole): NoticeKind[] =>
  KIND_NAMES.filter((name) => NOTICE_KINDS[name].roles.some((each) => each === role))

/** A digest comes too late for what others wait for. */
export const waysFor = (name: NoticeKind): readonly NoticeWay[] =>
  NOTICE_KINDS[name].sure ? ['mail', 'push', 'both'] : NOTICE_WAYS

export const DEFAULT_DIGEST_HOUR = 8

export const NoticeChoices = z.object({
  /** Every kind that somebody of the role can be told of. */
  ways: z.partialRecord(z.enum(KIND_NAMES), NoticeWay),
  /** Hour of the day at which the digest is sent, by the clocks of the workspace. */
  digestHour: z.int().min(0).max(23),
  /** Whoever has shifts is told nothing outside of them; it waits for the next log-in or shift. */
  quiet: z.boolean(),
})
export type NoticeChoices = z.infer<typeof NoticeChoices>

const tags = ['notices']

export const getNoticeChoices = endpoint('GET', '/v1/notice-choices', {
  summary: 'What reaches the caller, how and when',
  callers: STAFF_ROLES,
  reply: NoticeChoices,
  tags,
})

export const writeNoticeChoices = endpoint('PUT', '/v1/notice-choices', {
  summary: 'Chooses what reaches the caller; a kind that is left out stays as it was',
  callers: STAFF_ROLES,
  body: NoticeChoices,
  reply: NoticeChoices,
  tags,
})
