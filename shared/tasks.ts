import { z } from 'zod'
import { endpoint, PageQuery, page } from './endpoint.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { PEOPLE_AT_WORK, READERS, STAFF_ROLES, WORKERS } from './roles.ts'

/** Characters of a task, and open tasks of one person. */
export const LONGEST_TASK = 500
export const MOST_TASKS = 500

const Person = z.object({ id: z.uuid(), name: z.string() })
const tags = ['tasks']

/** Something to be done for a ticket or for a customer. */
export const Task = z.object({
  id: z.uuid(),
  words: z.string(),
  /** A day by the calendar of the workspace. */
  dueOn: z.iso.date(),
  overdue: z.boolean(),
  /** Null: whoever comes first. */
  assignee: Person.nullable(),
  ticket: z.object({ id: z.uuid(), number: z.string() }).nullable(),
  customer: Person.nullable(),
  doneAt: z.iso.datetime().nullable(),
  doneBy: z.string().nullable(),
  version: z.int(),
})
export type Task = z.infer<typeof Task>

export const TaskWish = z.object({
  words: z
    .string()
    .trim()
    .min(1, 'Write what is to be done')
    .max(LONGEST_TASK, `A task has at most ${LONGEST_TASK} characters`),
  dueOn: z.iso.date('Choose a day'),
  /** Null is nobody: whoever comes first. */
  assigneeId: z.uuid().nullable(),
})
export type TaskWish = z.infer<typeof TaskWish>

export const WHOSE_TASKS = ['mine', 'nobody'] as const
export const WhoseTasks = z.enum(WHOSE_TASKS)
export type WhoseTasks = z.infer<typeof WhoseTasks>

export const listTasks = endpoint('GET', '/v1/tasks', {
  summary: 'Open tasks of the caller, or of nobody, the nearest day first',
  callers: STAFF_ROLES,
  query: PageQuery.extend({ whose: WhoseTasks.default('mine') }),
  reply: page(Task),
})

const OfOwner = PageQuery.extend({ state: z.enum(['open', 'done']).default('open') })

export const listTicketTasks = endpoint('GET', '/v1/tickets/:ticketId/tasks', {
  summary: 'Tasks of a ticket and of what was merged into it: open ones by their day, done ones newest first',
  callers: READERS,
  query: OfOwner,
  reply: page(Task),
  tags,
})

export const listCustomerTasks = endpoint('GET', '/v1/customers/:customerId/tasks', {
  summary: 'Tasks of a customer: open ones by their day, done ones newest first',
  callers: READERS,
  query: OfOwner,
  reply: page(Task),
  tags,
})

export const makeTicketTask = endpoint('POST', '/v1/tickets/:ticketId/tasks', {
  summary: 'Makes a task of a ticket; whoever has it is told on its day',
  callers: WORKERS,
  status: 201,
  body: TaskWish,
  reply: Task,
  tags,
})

export const makeCustomerTask = endpoint('POST', '/v1/customers/:customerId/tasks', {
  summary: 'Makes a task of a customer; whoever has it is told on its day',
  callers: WORKERS,
  status: 201,
  body: TaskWish,
  reply: Task,
  tags,
})

export const changeTask = endpoint('PUT', '/v1/tasks/:taskId', {
  summary: 'Changes words, day or person of an open task',
  callers: WORKERS,
  body: TaskWish.extend({ version: z.int().min(1) }),
  reply: Task,
})

export const finishTask = endpoint('POST', '/v1/tasks/:taskId/completion', {
  summary: 'Done; the same once more changes nothing',
  callers: WORKERS,
  reply: Task,
})

export const reopenTask = endpoint('DELETE', '/v1/tasks/:taskId/completion', {
  summary: 'Not done after all',
  callers: WORKERS,
  reply: Task,
})

/** From which card a task is pressed: it comes back brought up to date. */
export const TaskCardPlace = z.enum(['mine', 'nobody', 'owner'])
export type TaskCardPlace = z.infer<typeof TaskCardPlace>

export const showTasks = endpoint('GET', '/v1/tasks/card', {
  summary: 'The same list as a card for the panel',
  callers: STAFF_ROLES,
  query: z.object({ whose: WhoseTasks.default('mine'), cursor: z.string().max(500).optional() }),
  reply: PanelCard,
})

/** The ticket that a card lies on, so that it leads back there. */
const OnTicket = z.object({ ticket: z.uuid().optional() })

export const showTicketTasks = endpoint('GET', '/v1/tickets/:ticketId/tasks/card', {
  summary: 'Tasks of a ticket, and a form for a new one, as a card',
  callers: STAFF_ROLES,
  reply: PanelCard,
  tags,
})

export const submitTicketTask = endpoint('POST', '/v1/tickets/:ticketId/tasks/card', {
  summary: 'Makes the task that was typed; what is wrong comes back with everything typed',
  callers: PEOPLE_AT_WORK,
  body: PanelFields,
  reply: PanelCard,
  tags,
})

export const showCustomerTasks = endpoint('GET', '/v1/customers/:customerId/tasks/card', {
  summary: 'Tasks of a customer, and a form for a new one, as a card',
  callers: STAFF_ROLES,
  query: OnTicket,
  reply: PanelCard,
  tags,
})

export const submitCustomerTask = endpoint('POST', '/v1/customers/:customerId/tasks/card', {
  summary: 'Makes the task that was typed; what is wrong comes back with everything typed',
  callers: PEOPLE_AT_WORK,
  query: OnTicket,
  body: PanelFields,
  reply: PanelCard,
  tags,
})

export const turnTask = endpoint('POST', '/v1/tasks/:taskId/completion/card', {
  summary: 'Done, or open again, by a press on a card, which comes back brought up to date',
  callers: PEOPLE_AT_WORK,
  query: OnTicket.extend({ done: z.enum(['yes', 'no']).default('yes'), on: TaskCardPlace.default('mine') }),
  body: PanelFields,
  reply: PanelCard,
})

export const showTask = endpoint('GET', '/v1/tasks/:taskId/card', {
  summary: 'One task as a form in the panel',
  callers: STAFF_ROLES,
  query: OnTicket.extend({ on: TaskCardPlace.default('mine') }),
  reply: PanelCard,
})

export const submitTask = endpoint('POST', '/v1/tasks/:taskId/card', {
  summary: 'Changes the task as it was typed; the list comes back',
  callers: PEOPLE_AT_WORK,
  /** `version` is what the form was made of; without one it is taken for an old form. */
  query: OnTicket.extend({ on: TaskCardPlace.default('mine'), version: z.coerce.number().int().default(0) }),
  body: PanelFields,
  reply: PanelCard,
})
