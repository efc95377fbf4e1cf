import { z } from 'zod'
import { RunningAction } from './combined-actions.ts'
import { endpoint } from './endpoint.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { LEADS, PEOPLE_AT_WORK, READERS, SETTING_READERS, STAFF_ROLES, WORKERS } from './roles.ts'
import { TICKET_CHANNELS, TicketCardView, TicketSummary } from './tickets.ts'

/** Counts are exact up to this; beyond it they are `1000+`. */
export const COUNT_LIMIT = 1_000

/**
 * What a queue shows. Some need to be told which one, in `of`: a status, category or tag, or the id of a saved view. Open work is
 * ordered by what is due first, then by who waits longest; what is solved by when, newest first, other finished work by its newest message. Snoozed tickets are in `snoozed` alone.
 */
export const QUEUE_VIEWS = [
  'mine',
  'unassigned',
  'breaching',
  'unanswered',
  'open',
  'status',
  'category',
  'tag',
  'snoozed',
  'mentions',
  'spam',
  'thanks',
  'solved',
  'closed',
  'void',
  'saved',
] as const
export const QueueName = z.enum(QUEUE_VIEWS)
export type QueueName = z.infer<typeof QueueName>

/** Statuses of open work, in the order in which views name them. */
export const OPEN_STATUSES = ['new', 'open', 'pending', 'on_hold'] as const

const Instant = z.iso.datetime()

export const QueueTicket = TicketSummary.extend({
  /** The nearest target that runs; null while none does. */
  dueAt: Instant.nullable(),
  /** Out of the work views until then; the year 9999 until the customer writes; null when it is not snoozed. */
  snoozedUntil: Instant.nullable(),
  /** Since when it is solved; null while it is anything else. */
  solvedAt: Instant.nullable(),
  /** Who is on it now; null for nobody. */
  claim: z.object({ id: z.uuid(), name: z.string(), since: Instant }).nullable(),
})
export type QueueTicket = z.infer<typeof QueueTicket>

/** One more than COUNT_LIMIT stands for «more». */
const Count = z.int().min(0)

export const QueueCounts = z.object({
  mine: Count,
  unassigned: Count,
  breaching: Count,
  unanswered: Count,
  open: Count,
  snoozed: Count,
  /** Tickets with a note that names the caller and that they have not looked at since. */
  mentions: Count,
  spam: Count,
  thanks: Count,
  solved: Count,
  statuses: z.record(z.string(), Count),
  /** Categories and tags that open tickets carry, twenty of each at most. */
  categories: z.record(z.string(), Count),
  tags: z.record(z.string(), Count),
  /** By the id of the saved view: the workspace's and the caller's own. */
  saved: z.record(z.string(), Count),
})
export type QueueCounts = z.infer<typeof QueueCounts>

export const QueueView = z.object({
  view: QueueName,
  of: z.string().nullable(),
  counts: QueueCounts,
  items: z.array(QueueTicket),
  next: z.string().nullable(),
  me: z.object({ id: z.uuid(), name: z.string() }),
  workspace: z.string(),
  /** Open actions of the caller, newest first; ten at most. */
  running: z.array(RunningAction),
})
export type QueueView = z.infer<typeof QueueView>

const Of = z.string().min(1).max(100).optional()
const Cursor = z.string().max(1_000).optional()

export const getQueue = endpoint('GET', '/v1/queues/:view', {
  summary: 'One view of the desk with the counts of all views',
  callers: READERS,
  query: z.object({ of: Of, cursor: Cursor, limit: z.coerce.number().int().min(1).max(50).default(10) }),
  reply: QueueView,
})

export const showQueue = endpoint('GET', '/v1/queues/:view/card', {
  summary: 'The homepage card of the panel: one view, with what else waits',
  callers: READERS,
  query: z.object({ of: Of, cursor: Cursor }),
  reply: PanelCard,
})

export const chooseQueue = endpoint('POST', '/v1/queue-cards', {
  summary: 'The card of the view that was chosen in the drop-down of another one',
  callers: READERS,
  looksUp: true,
  body: PanelFields,
  reply: PanelCard,
  tags: ['queues'],
})

export const QueueSettings = z.object({
  /** What is due within so many minutes stands in «Due next», beside what is overdue. */
  dueNextMinutes: z.int().min(5).max(10_080),
})
export type QueueSettings = z.infer<typeof QueueSettings>

export const getQueueSettings = endpoint('GET', '/v1/settings/queues', {
  summary: 'What is set for the views of everybody',
  callers: SETTING_READERS,
  reply: QueueSettings,
})

export const writeQueueSettings = endpoint('PUT', '/v1/settings/queues', {
  summary: 'Says how far «Due next» reaches',
  callers: LEADS,
  body: QueueSettings,
  reply: QueueSettings,
})

/** What a saved view may be ordered by. `active`: newest message first, for finished work. */
export const SAVED_ORDERS = ['due', 'waiting', 'newest', 'oldest', 'priority', 'active'] as const

const Statuses = z.enum(['new', 'open', 'pending', 'on_hold', 'solved', 'closed'])
const Minutes = z.int().min(1).max(525_600).nullable().default(null)
const Days = z.int().min(1).max(3_650).nullable().default(null)

/** Everything is optional; what is left out filters nothing. */
export const SavedFilter = z.object({
  statuses: z.array(Statuses).max(6).default([]),
  priorities: z
    .array(z.enum(['low', 'normal', 'high', 'urgent']))
    .max(4)
    .default([]),
  categories: z.array(z.string().trim().min(1).max(60)).max(20).default([]),
  channels: z.array(z.enum(TICKET_CHANNELS)).max(3).default([]),
  /** A ticket has all of them; it is read by the first one, so name the rarest first. */
  tags: z.array(z.string().trim().min(1).max(40)).max(5, 'Name five tags at most.').default([]),
  /** `reader` is whoever looks at the view. */
  assignee: z.enum(['any', 'nobody', 'reader', 'person']).default('any'),
  assigneeId: z.uuid().nullable().default(null),
  mailboxId: z.uuid().nullable().default(null),
  /** Due within so many minutes; what is overdue counts. */
  dueMinutes: Minutes,
  /** Whose customer waits for at least so many minutes. */
  waitMinutes: Minutes,
  createdDays: Days,
  /** Whose newest message is at most so many days old. */
  activeDays: Days,
})
export type SavedFilter = z.infer<typeof SavedFilter>

export const SavedViewInput = z.object({
  name: z.string().trim().min(1, 'A view needs a name').max(60),
  /** `workspace` is for everybody, and for supervisors and admins to write. */
  scope: z.enum(['workspace', 'own']),
  filter: SavedFilter,
  orderBy: z.enum(SAVED_ORDERS).default('due'),
})
export type SavedViewInput = z.infer<typeof SavedViewInput>

export const SavedView = SavedViewInput.extend({ id: z.uuid(), mayWrite: z.boolean() })
export type SavedView = z.infer<typeof SavedView>

export const listSavedViews = endpoint('GET', '/v1/saved-views', {
  summary: 'Saved views of the workspace and of the caller',
  callers: STAFF_ROLES,
  reply: z.object({ items: z.array(SavedView), next: z.null() }),
})

export const createSavedView = endpoint('POST', '/v1/saved-views', {
  summary: 'Saves a view; what could never hold a ticket, or could not be read quickly, is refused with the reason',
  callers: STAFF_ROLES,
  status: 201,
  body: SavedViewInput,
  reply: SavedView,
})

export const writeSavedView = endpoint('PUT', '/v1/saved-views/:savedViewId', {
  summary: 'Changes a saved view',
  callers: STAFF_ROLES,
  body: SavedViewInput,
  reply: SavedView,
})

export const deleteSavedView = endpoint('DELETE', '/v1/saved-views/:savedViewId', {
  summary: 'Deletes a saved view; its tickets stay',
  callers: STAFF_ROLES,
  reply: z.object({ id: z.uuid() }),
})

export const showSavedViewForm = endpoint('GET', '/v1/saved-view-form', {
  summary: 'The form of a saved view, new or to be changed, as a card',
  callers: STAFF_ROLES,
  query: z.object({ view: z.uuid().optional() }),
  reply: PanelCard,
  tags: ['saved-views'],
})

export const submitSavedViewForm = endpoint('POST', '/v1/saved-view-form', {
  summary: 'Saves the view that was typed into its card; what is wrong comes back with everything typed',
  callers: STAFF_ROLES,
  query: z.object({ view: z.uuid().optional() }),
  body: PanelFields,
  reply: PanelCard,
  tags: ['saved-views'],
})

export const dropSavedView = endpoint('POST', '/v1/saved-view-form/deletion', {
  summary: 'Deletes a saved view; the answer is the homepage card',
  callers: STAFF_ROLES,
  query: z.object({ view: z.uuid() }),
  body: PanelFields,
  reply: PanelCard,
  tags: ['saved-views'],
})

/** `later_today`, `tomorrow`, `monday`, `answer` (until the customer writes), or an instant. */
export const SNOOZE_CHOICES = ['later_today', 'tomorrow', 'monday', 'answer'] as const
export const SnoozeUntil = z.union([z.enum(SNOOZE_CHOICES), Instant])
export type SnoozeUntil = z.infer<typeof SnoozeUntil>

export const snoozeTicket = endpoint('PUT', '/v1/tickets/:ticketId/snooze', {
  summary: 'Takes a ticket out of the work views until a time, or until the customer writes',
  callers: WORKERS,
  body: z.object({ until: SnoozeUntil }),
  reply: TicketCardView,
})

export const wakeTicket = endpoint('DELETE', '/v1/tickets/:ticketId/snooze', {
  summary: 'Puts a snoozed ticket back into the work views',
  callers: WORKERS,
  reply: TicketCardView,
})

export const showLater = endpoint('GET', '/v1/tickets/:ticketId/later-card', {
  summary: 'Snooze until a day, and reminders of a ticket, as a card',
  callers: PEOPLE_AT_WORK,
  reply: PanelCard,
})

export const snoozeFromCard = endpoint('POST', '/v1/tickets/:ticketId/later-card/snooze', {
  summary: 'Snoozes until the day that was chosen on the card',
  callers: PEOPLE_AT_WORK,
  body: PanelFields,
  reply: PanelCard,
})

export const remindFromCard = endpoint('POST', '/v1/tickets/:ticketId/later-card/reminder', {
  summary: 'Makes the reminder that was typed on the card',
  callers: PEOPLE_AT_WORK,
  body: PanelFields,
  reply: PanelCard,
})

export const Reminder = z.object({
  id: z.uuid(),
  ticketId: z.uuid(),
  number: z.string(),
  remindAt: Instant,
  words: z.string(),
  done: z.boolean(),
})
export type Reminder = z.infer<typeof Reminder>

export const remindMe = endpoint('POST', '/v1/tickets/:ticketId/reminders', {
  summary: 'Reminds the caller of a ticket at a time, by mail and on the homepage card',
  callers: PEOPLE_AT_WORK,
  status: 201,
  body: z.object({ at: Instant, words: z.string().trim().max(500).default('') }),
  reply: Reminder,
})

export const listReminders = endpoint('GET', '/v1/reminders', {
  summary: "The caller's reminders that are not done, the nearest first; a hundred at most",
  callers: PEOPLE_AT_WORK,
  reply: z.object({ items: z.array(Reminder), next: z.null() }),
})

export const showReminders = endpoint('GET', '/v1/reminders-card', {
  summary: 'The same as a card of the panel, each with its Done',
  callers: PEOPLE_AT_WORK,
  reply: PanelCard,
  tags: ['reminders'],
})

export const finishReminder = endpoint('POST', '/v1/reminders/:reminderId/completion', {
  summary: 'Done: it shows no more; the answer is the homepage card, or the list that it was pressed on',
  callers: PEOPLE_AT_WORK,
  query: z.object({ from: z.enum(['home', 'list']).default('home') }),
  reply: PanelCard,
})
