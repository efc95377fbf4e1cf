import { z } from 'zod'
import { Day } from './days.ts'
import { endpoint } from './endpoint.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { ADMINS, LEADS, PEOPLE_AT_WORK, SETTING_READERS } from './roles.ts'

const Instant = z.iso.datetime()

/**
 * How work came to its end: self · supervisor: somebody who leads · forgotten: nobody logged out, closed at the end of the shift · left: no
 * longer on the staff, or in a role that does not work on tickets.
 */
export const ENDED_HOW = ['self', 'supervisor', 'forgotten', 'left'] as const
export const EndedHow = z.enum(ENDED_HOW)
export type EndedHow = z.infer<typeof EndedHow>

/** Why a supervisor logs somebody out, or ends their break. */
export const ENDING_REASONS = ['forgot', 'unreachable', 'ill', 'urgent', 'other'] as const
export const EndingReason = z.enum(ENDING_REASONS)
export type EndingReason = z.infer<typeof EndingReason>

const Minutes = z
  .int('Minutes of a break are a whole number, 1 to 480.')
  .min(1, 'A break has one minute at least.')
  .max(480, 'A break has 480 minutes at most.')

export const BreakKind = z.object({
  /** Stable; lunch, short and training are there from the beginning. */
  id: z.string().min(1).max(60),
  label: z.string().trim().min(1, 'Write what the break is called.').max(40, 'A break is called so in 40 characters.'),
  /** How long it may take. */
  minutes: Minutes,
  /** Not offered any more; what was taken keeps its name. */
  retired: z.boolean(),
})
export type BreakKind = z.infer<typeof BreakKind>

export const MOST_BREAK_KINDS = 20

/** What a workspace has until somebody edits it. */
export const DEFAULT_BREAK_KINDS: readonly BreakKind[] = [
  { id: 'lunch', label: 'Lunch', minutes: 30, retired: false },
  { id: 'short', label: 'Short break', minutes: 10, retired: false },
  { id: 'training', label: 'Training', minutes: 60, retired: false },
]

export const BreakKinds = z.object({
  /** What the editor saw; grows with every edit. */
  version: z.int().min(0),
  items: z.array(BreakKind).max(MOST_BREAK_KINDS, `There are ${MOST_BREAK_KINDS} kinds of breaks at most.`),
})
export type BreakKinds = z.infer<typeof BreakKinds>

/** What an editor wants; null is the id of a new one. */
export const BreakKindsWish = BreakKinds.extend({
  items: z
    .array(BreakKind.extend({ id: BreakKind.shape.id.nullable() }))
    .max(MOST_BREAK_KINDS, `There are ${MOST_BREAK_KINDS} kinds of breaks at most.`),
})
export type BreakKindsWish = z.infer<typeof BreakKindsWish>

export const WorkSettings = z.object({
  /** Minutes after the end of a shift in which nobody is logged out. */
  graceMinutes: z.int().min(0).max(240),
  /** Minutes that a log-in lasts at most where no shift is planned. */
  longestMinutes: z.int().min(60).max(1_440),
  /** Tickets are given only to who is logged in. */
  required: z.boolean(),
})
export type WorkSettings = z.infer<typeof WorkSettings>

export const OnBreak = z.object({
  kind: z.string(),
  label: z.string(),
  since: Instant,
  allowedMinutes: z.int(),
})
export type OnBreak = z.infer<typeof OnBreak>

/** How somebody stands: at work or not, on a break or not. */
export const Work = z.object({
  session: z
    .object({
      id: z.uuid(),
      since: Instant,
      /** When the shift ends; null where none is planned. */
      plannedEnd: Instant.nullable(),
      /** Said to be working on after it. */
      stays: z.boolean(),
      onBreak: OnBreak.nullable(),
    })
    .nullable(),
  /** How the last time at work ended; null while somebody is at work, or never was. */
  last: z.object({ endedAt: Instant, how: EndedHow, by: z.string().nullable() }).nullable(),
  /** Breaks to choose from. */
  kinds: z.array(BreakKind),
})
export type Work = z.infer<typeof Work>

/** What a press came to: `already` when it had been said before, perhaps on another device. */
export const WorkAnswer = Work.extend({ already: z.boolean() })
export type WorkAnswer = z.infer<typeof WorkAnswer>

export const AtWork = z.object({
  staff: z.object({ id: z.uuid(), name: z.string() }),
  sessionId: z.uuid(),
  since: Instant,
  onBreak: OnBreak.nullable(),
})
export type AtWork = z.infer<typeof AtWork>

const tags = ['work']

export const getWork = endpoint('GET', '/v1/work', {
  summary: 'Whether the caller is logged in, and on which break',
  callers: PEOPLE_AT_WORK,
  reply: Work,
  tags,
})

export const logIn = endpoint('PUT', '/v1/work', {
  summary: 'Logs the caller in; somebody who is logged in already stays so, since then',
  callers: PEOPLE_AT_WORK,
  reply: WorkAnswer,
  tags,
})

export const logOut = endpoint('DELETE', '/v1/work', {
  summary: 'Logs the caller out, and ends their break',
  callers: PEOPLE_AT_WORK,
  reply: WorkAnswer,
  tags,
})

export const beginBreak = endpoint('PUT', '/v1/work/break', {
  summary: 'Begins a break of the caller, who must be logged in',
  callers: PEOPLE_AT_WORK,
  body: z.object({ kind: z.string().min(1).max(60) }),
  reply: WorkAnswer,
  tags,
})

export const endBreak = endpoint('DELETE', '/v1/work/break', {
  summary: 'Ends the break of the caller',
  callers: PEOPLE_AT_WORK,
  reply: WorkAnswer,
  tags,
})

export const stayAtWork = endpoint('PUT', '/v1/work/stay', {
  summary: 'The caller works on after the end of their shift: only the longest log-in ends it by itself then',
  callers: PEOPLE_AT_WORK,
  reply: WorkAnswer,
  tags,
})

export const listAtWork = endpoint('GET', '/v1/work/now', {
  summary: 'Who is logged in right now, by name, and who of them is on a break; 500 at most',
  callers: LEADS,
  reply: z.object({ items: z.array(AtWork) }),
  tags,
})

export const endForSomebody = endpoint('POST', '/v1/work/people/:staffId/ending', {
  summary: 'Logs somebody out, or ends their break, with a reason',
  callers: LEADS,
  body: z.object({ what: z.enum(['work', 'break']), reason: EndingReason }),
  reply: WorkAnswer,
  tags,
})

/** A break as it was, or as it is corrected to. */
export const BreakTimes = z.object({
  /** Null for one that is added. */
  id: z.uuid().nullable(),
  kind: z.string().min(1).max(60),
  startedAt: Instant,
  /** Null while it goes on. */
  endedAt: Instant.nullable(),
})
export type BreakTimes = z.infer<typeof BreakTimes>

export const WORK_WORD = 500

/** Times of work as a supervisor says that they were. */
export const WorkTimes = z.object({
  startedAt: Instant,
  /** Null while somebody is logged in. */
  endedAt: Instant.nullable(),
  breaks: z.array(BreakTimes).max(50),
})
export type WorkTimes = z.infer<typeof WorkTimes>

export const WorkCorrection = WorkTimes.extend({
  /** Why, for whoever they belong to. */
  word: z.string().trim().min(1, 'Write a word on why the times are corrected.').max(WORK_WORD),
})
export type WorkCorrection = z.infer<typeof WorkCorrection>

export const WorkSpan = z.object({
  id: z.uuid(),
  startedAt: Instant,
  endedAt: Instant.nullable(),
  plannedEndAt: Instant.nullable(),
  how: EndedHow.nullable(),
  /** Who ended it when that was somebody else, and why. */
  endedBy: z.string().nullable(),
  reason: EndingReason.nullable(),
  breaks: z.array(
    z.object({
      id: z.uuid(),
      kind: z.string(),
      label: z.string(),
      allowedMinutes: z.int(),
      startedAt: Instant,
      endedAt: Instant.nullable(),
    }),
  ),
  corrections: z.array(
    z.object({
      at: Instant,
      by: z.string(),
      word: z.string(),
      /** Null when the times were added. */
      before: WorkTimes.nullable(),
      after: WorkTimes,
    }),
  ),
  version: z.int(),
})
export type WorkSpan = z.infer<typeof WorkSpan>

export const getWorkDay = endpoint('GET', '/v1/work/people/:staffId/day', {
  summary: 'When somebody was at work on a day of the workspace’s calendar, with breaks and corrections',
  callers: LEADS,
  query: z.object({ day: Day }),
  reply: z.object({ staff: z.object({ id: z.uuid(), name: z.string() }), items: z.array(WorkSpan) }),
  tags,
})

export const addWorkTimes = endpoint('POST', '/v1/work/people/:staffId/sessions', {
  summary: 'Adds times of work that nobody logged',
  callers: LEADS,
  status: 201,
  body: WorkCorrection,
  reply: WorkSpan,
  tags,
})

export const correctWorkTimes = endpoint('PUT', '/v1/work/sessions/:sessionId', {
  summary: 'Corrects times of work and breaks; what they were is kept',
  callers: LEADS,
  body: WorkCorrection.extend({ version: z.int() }),
  reply: WorkSpan,
  tags,
})

/** What a press on a card of work says. */
export const WORK_PRESSES = ['log_in', 'log_out', 'break', 'back', 'stay'] as const
export type WorkPress = (typeof WORK_PRESSES)[number]

export const WorkPressQuery = z.object({ to: z.enum(WORK_PRESSES), kind: z.string().max(60).optional() })
export type WorkPressQuery = z.infer<typeof WorkPressQuery>

export const getWorkCard = endpoint('GET', '/v1/work-card', {
  summary: 'Log-in, breaks and log-out of the caller, as a card',
  callers: PEOPLE_AT_WORK,
  reply: PanelCard,
  tags,
})

export const pressWorkCard = endpoint('POST', '/v1/work-card', {
  summary: 'A press on the card of work',
  callers: PEOPLE_AT_WORK,
  query: WorkPressQuery,
  body: PanelFields,
  reply: PanelCard,
  tags,
})

export const pressWorkAtHome = endpoint('POST', '/v1/home-card/work', {
  summary: 'A press about work on the homepage, which is brought up to date',
  callers: PEOPLE_AT_WORK,
  query: WorkPressQuery,
  body: PanelFields,
  reply: PanelCard,
  tags,
})

export const getBreakKinds = endpoint('GET', '/v1/break-kinds', {
  summary: 'Kinds of breaks with their minutes, retired ones too',
  callers: SETTING_READERS,
  reply: BreakKinds,
  tags,
})

export const writeBreakKinds = endpoint('PUT', '/v1/break-kinds', {
  summary: 'Sets the kinds of breaks; one that is left out is retired',
  callers: ADMINS,
  body: BreakKindsWish,
  reply: BreakKinds,
  tags,
})

export const getWorkSettings = endpoint('GET', '/v1/work-settings', {
  summary: 'When a forgotten log-out is closed, and whether tickets need a log-in',
  callers: SETTING_READERS,
  reply: WorkSettings,
  tags,
})

export const writeWorkSettings = endpoint('PUT', '/v1/work-settings', {
  summary: 'Sets when a forgotten log-out is closed, and whether tickets need a log-in',
  callers: ADMINS,
  body: WorkSettings,
  reply: WorkSettings,
  tags,
})
