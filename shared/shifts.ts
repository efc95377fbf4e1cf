import { z } from 'zod'
import { Day } from './days.ts'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { LEADS, PEOPLE_AT_WORK } from './roles.ts'

const Instant = z.iso.datetime()

export const MINUTES_OF_DAY = 1_440

/** From and to in minutes since the midnight with which a day begins, by the clocks of the workspace; over 1440 is the next day. */
export const Hours = z
  .object({
    from: z
      .int()
      .min(0)
      .max(MINUTES_OF_DAY - 1),
    to: z
      .int()
      .min(1)
      .max(2 * MINUTES_OF_DAY - 1),
  })
  .refine(({ from, to }) => to > from, 'A shift ends after it begins.')
  .refine(({ from, to }) => to - from <= MINUTES_OF_DAY, 'A shift has 24 hours at most.')
export type Hours = z.infer<typeof Hours>

/** Hours on a weekday: 1 is Monday, 7 is Sunday. */
export const Slot = Hours.and(z.object({ weekday: z.int().min(1).max(7) }))
export type Slot = z.infer<typeof Slot>

export const MOST_SLOTS = 42
export const MOST_HOURS = 6
export const MOST_TEMPLATES = 100

const TemplateName = z.string().trim().min(1, 'Write what the template is called.').max(60)

export const ShiftTemplate = z.object({
  id: z.uuid(),
  name: TemplateName,
  /** By weekday and hour. */
  slots: z.array(Slot).max(MOST_SLOTS, `A week has ${MOST_SLOTS} shifts at most.`),
  /** Not given any more; who has it keeps it. */
  retired: z.boolean(),
  version: z.int(),
  /** How many people work by it today or later. */
  people: z.int(),
})
export type ShiftTemplate = z.infer<typeof ShiftTemplate>

export const ShiftTemplateWish = ShiftTemplate.pick({ name: true, slots: true })
export type ShiftTemplateWish = z.infer<typeof ShiftTemplateWish>

/** Somebody's template from a day to a day; null is until further notice. */
export const TemplateUse = z.object({
  id: z.uuid(),
  templateId: z.uuid(),
  name: z.string(),
  from: Day,
  to: Day.nullable(),
})
export type TemplateUse = z.infer<typeof TemplateUse>

/** template: a week that was given · exception: planned by hand · swap: taken from a colleague · import: of a file */
export const SHIFT_SOURCES = ['template', 'exception', 'swap', 'import'] as const
export const ShiftSource = z.enum(SHIFT_SOURCES)
export type ShiftSource = z.infer<typeof ShiftSource>

export const Shift = z.object({
  id: z.uuid(),
  staff: z.object({ id: z.uuid(), name: z.string() }),
  /** On which it begins, by the calendar of the workspace. */
  day: Day,
  startsAt: Instant,
  endsAt: Instant,
  source: ShiftSource,
})
export type Shift = z.infer<typeof Shift>

export const LEAVE_KINDS = ['holiday', 'ill', 'training', 'other'] as const
export const LeaveKind = z.enum(LEAVE_KINDS)
export type LeaveKind = z.infer<typeof LeaveKind>

export const MOST_LEAVE_DAYS = 366

/** Both days belong to it. */
const LeaveDays = z.object({ from: Day, to: Day })

export const LeaveWish = LeaveDays.extend({ staffId: z.uuid(), kind: LeaveKind }).refine(
  ({ from, to }) => from <= to,
  'The last day comes after the first.',
)
export type LeaveWish = z.infer<typeof LeaveWish>

export const Leave = LeaveDays.extend({
  id: z.uuid(),
  staff: z.object({ id: z.uuid(), name: z.string() }),
  kind: LeaveKind,
})
export type Leave = z.infer<typeof Leave>

/** asked: the colleague has not said yet · agreed: a supervisor has not said yet */
export const SWAP_STATES = ['asked', 'agreed', 'approved', 'declined', 'withdrawn'] as const
export const SwapState = z.enum(SWAP_STATES)
export type SwapState = z.infer<typeof SwapState>

const SwappedShift = Shift.pick({ id: true, day: true, startsAt: true, endsAt: true })

export const ShiftSwap = z.object({
  id: z.uuid(),
  state: SwapState,
  from: z.object({ id: z.uuid(), name: z.string() }),
  to: z.object({ id: z.uuid(), name: z.string() }),
  shift: SwappedShift,
  /** What the colleague gives for it. */
  back: SwappedShift.nullable(),
  askedAt: Instant,
  agreedAt: Instant.nullable(),
  endedAt: Instant.nullable(),
  /** Who ended it; null when the desk did, because a shift of it has begun or does not take place any more. */
  endedBy: z.string().nullable(),
})
export type ShiftSwap = z.infer<typeof ShiftSwap>

/** `already`: it had been said before. */
export const SwapAnswer = ShiftSwap.extend({ already: z.boolean() })
export type SwapAnswer = z.infer<typeof SwapAnswer>

const tags = ['shifts']

export const listShiftTemplates = endpoint('GET', '/v1/shift-templates', {
  summary: `Weekly templates by name, ${MOST_TEMPLATES} at most`,
  callers: LEADS,
  reply: z.object({ items: z.array(ShiftTemplate) }),
  tags,
})

export const addShiftTemplate = endpoint('POST', '/v1/shift-templates', {
  summary: 'Adds a weekly template',
  callers: LEADS,
  status: 201,
  body: ShiftTemplateWish,
  reply: ShiftTemplate,
  tags,
})

export const editShiftTemplate = endpoint('PUT', '/v1/shift-templates/:templateId', {
  summary: 'Changes a template; shifts of it that have not begun follow',
  callers: LEADS,
  body: ShiftTemplateWish.extend({ retired: z.boolean(), version: z.int() }),
  reply: ShiftTemplate,
  tags,
})

export const MOST_GIVEN = 500

export const giveShiftTemplate = endpoint('POST', '/v1/shift-templates/:templateId/uses', {
  summary: 'Gives people a template from a day to a day; what they had without an end ends the day before',
  callers: LEADS,
  status: 201,
  body: z.object({ staffIds: z.array(z.uuid()).min(1).max(MOST_GIVEN), from: Day, to: Day.nullable() }),
  reply: z.object({ given: z.int() }),
  tags,
})

export const endTemplateUse = endpoint('PUT', '/v1/shift-template-uses/:useId/end', {
  summary: 'Sets the last day on which somebody works by a template',
  callers: LEADS,
  body: z.object({ to: Day }),
  reply: z.object({ items: z.array(TemplateUse) }),
  tags,
})

/** Days that are looked at at once. */
export const MOST_DAYS = 62

export const listShifts = endpoint('GET', '/v1/shifts', {
  summary: `Shifts that begin on the days from and to and between, in order of time; ${MOST_DAYS} days at most`,
  callers: PEOPLE_AT_WORK,
  query: PageQuery.extend({ from: Day, to: Day, staffId: z.uuid().optional() }),
  reply: page(Shift),
  tags,
})

export const planDay = endpoint('PUT', '/v1/shifts/people/:staffId/days/:day', {
  summary: 'Plans a day of somebody by hand; no hours are a day off. Their template does not plan it any more',
  callers: LEADS,
  body: z.object({ hours: z.array(Hours).max(MOST_HOURS, `A day has ${MOST_HOURS} shifts at most.`) }),
  reply: z.object({ items: z.array(Shift) }),
  tags,
})

export const planDayByTemplate = endpoint('DELETE', '/v1/shifts/people/:staffId/days/:day', {
  summary: 'Gives a day of somebody back to their template',
  callers: LEADS,
  reply: z.object({ items: z.array(Shift) }),
  tags,
})

export const listLeave = endpoint('GET', '/v1/leaves', {
  summary: 'Leave that is not over on the day from, by last day',
  callers: LEADS,
  query: PageQuery.extend({ from: Day, staffId: z.uuid().optional() }),
  reply: page(Leave),
  tags,
})

export const addLeave = endpoint('POST', '/v1/leaves', {
  summary: 'Days on which somebody does not work; their shifts on them are cancelled',
  callers: LEADS,
  status: 201,
  body: LeaveWish,
  reply: Leave,
  tags,
})

export const removeLeave = endpoint('DELETE', '/v1/leaves/:leaveId', {
  summary: 'Takes leave back; the shifts of its days are planned again',
  callers: LEADS,
  reply: z.object({ removed: z.boolean() }),
  tags,
})

export const listShiftSwaps = endpoint('GET', '/v1/shift-swaps', {
  summary: 'Offers of shifts, the newest first: one’s own, and for whoever leads those of everybody',
  callers: PEOPLE_AT_WORK,
  query: PageQuery.extend({ open: z.enum(['true', 'false']).optional() }),
  reply: page(ShiftSwap),
  tags,
})

export const offerShift = endpoint('POST', '/v1/shift-swaps', {
  summary: 'Offers a shift of the caller to a colleague, perhaps for one of theirs',
  callers: PEOPLE_AT_WORK,
  status: 201,
  body: z.object({ shiftId: z.uuid(), toId: z.uuid(), backShiftId: z.uuid().nullable() }),
  reply: ShiftSwap,
  tags,
})

export const answerShiftSwap = endpoint('PUT', '/v1/shift-swaps/:swapId/agreement', {
  summary: 'The colleague agrees, or does not',
  callers: PEOPLE_AT_WORK,
  body: z.object({ agrees: z.boolean() }),
  reply: SwapAnswer,
  tags,
})

export const withdrawShiftSwap = endpoint('DELETE', '/v1/shift-swaps/:swapId', {
  summary: 'Whoever offered takes it back, or the colleague who agreed, until a supervisor has approved',
  callers: PEOPLE_AT_WORK,
  reply: SwapAnswer,
  tags,
})

export const decideShiftSwap = endpoint('PUT', '/v1/shift-swaps/:swapId/approval', {
  summary: 'A supervisor approves what two people agreed on, and the shifts change hands; or does not',
  callers: LEADS,
  body: z.object({ approved: z.boolean() }),
  reply: SwapAnswer,
  tags,
})

/** Lines of a file. */
export const MOST_LINES = 5_000

export const ShiftImport = z.object({
  /** Whether it was saved. */
  saved: z.boolean(),
  /** Days of people in the file, and how many of them are as they were. */
  days: z.int(),
  unchanged: z.int(),
  /** What is wrong, line by line; nothing is saved while there is anything. 200 at most. */
  problems: z.array(z.object({ line: z.int(), why: z.string() })),
  /** How many there are. */
  problemCount: z.int(),
  /** What would change, or did; 200 at most. */
  changes: z.array(z.object({ name: z.string(), day: Day, before: z.string(), after: z.string() })),
})
export type ShiftImport = z.infer<typeof ShiftImport>

const File = z.object({ csv: z.string().min(1).max(900_000) })

export const previewShiftImport = endpoint('POST', '/v1/shift-imports/preview', {
  summary: `What a file of shifts would change, without saving it; ${MOST_LINES} lines at most`,
  callers: LEADS,
  looksUp: true,
  body: File,
  reply: ShiftImport,
  tags,
})

export const importShifts = endpoint('POST', '/v1/shift-imports', {
  summary: 'Saves a file of shifts as a whole, or says line by line what is wrong and saves nothing',
  callers: LEADS,
  body: File,
  reply: ShiftImport,
  tags,
})

export const exportShifts = endpoint('GET', '/v1/shift-exports', {
  summary: `The plan of some days as a file that can be read in again; ${MOST_DAYS} days at most`,
  callers: LEADS,
  query: z.object({ from: Day, to: Day }),
  reply: z.instanceof(Uint8Array),
  tags,
})

/** Minutes of a day of somebody. `due` is what of the plan has passed; it is the sum of worked to absent. */
export const Adherence = z.object({
  day: Day,
  planned: z.number(),
  due: z.number(),
  /** At work within the plan, and on no break. */
  worked: z.number(),
  /** On a break within the plan, for as long as it is allowed. */
  onBreak: z.number(),
  /** On a break for longer. */
  overBreak: z.number(),
  /** Not yet there, on a shift that somebody came to. */
  late: z.number(),
  /** Gone before the end. */
  early: z.number(),
  /** Logged out in between. */
  away: z.number(),
  /** Of shifts that are over and that nobody came to. */
  absent: z.number(),
  /** At work outside of every shift, on this day by the calendar, and on no break. */
  outside: z.number(),
})
export type Adherence = z.infer<typeof Adherence>

export const PersonAdherence = z.object({
  staff: z.object({ id: z.uuid(), name: z.string() }),
  /** Days on which something was planned or done. */
  days: z.array(Adherence),
})
export type PersonAdherence = z.infer<typeof PersonAdherence>

export const MOST_ADHERENCE_DAYS = 31

export const getAdherence = endpoint('GET', '/v1/adherence', {
  summary: `Plan against log-ins in minutes, by person and day, people by name; ${MOST_ADHERENCE_DAYS} days at most`,
  callers: LEADS,
  query: PageQuery.extend({ from: Day, to: Day, staffId: z.uuid().optional() }),
  reply: page(PersonAdherence),
  tags,
})

export const getOwnAdherence = endpoint('GET', '/v1/adherence/mine', {
  summary: `The caller’s plan against their log-ins; ${MOST_ADHERENCE_DAYS} days at most`,
  callers: PEOPLE_AT_WORK,
  query: z.object({ from: Day, to: Day }),
  reply: PersonAdherence,
  tags,
})
