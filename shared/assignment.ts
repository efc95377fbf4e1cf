import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { PanelCard, PanelFields } from './panel.ts'
import { ADMINS, LEADS, PEOPLE_AT_WORK, READERS, SETTING_READERS } from './roles.ts'
import { TicketCardView } from './tickets.ts'

/** How tickets that nobody has find their owner: not at all, or among those who are available, fit, and have room. */
export const ASSIGNMENT_MODES = ['off', 'round_robin', 'least_loaded', 'by_skill'] as const
export const AssignmentMode = z.enum(ASSIGNMENT_MODES)
export type AssignmentMode = z.infer<typeof AssignmentMode>

/** Why a ticket was given to somebody. */
export const GIVEN_HOW = ['round_robin', 'least_loaded', 'by_skill', 'returning'] as const
export type GivenHow = (typeof GIVEN_HOW)[number]

/** Why nobody was found for a ticket yet. */
export const GIVING_PROBLEMS = ['nobody_available', 'no_skill', 'all_full'] as const
export type GivingProblem = (typeof GIVING_PROBLEMS)[number]

export const AssignmentSettings = z.object({
  mode: AssignmentMode,
  /** Tickets whose customer waits that one person is given at most. */
  capacity: z.int().min(1).max(500),
  /** A customer who comes back within 30 days gets who had their last ticket, if they are available and have room. */
  sameAgent: z.boolean(),
})
export type AssignmentSettings = z.infer<typeof AssignmentSettings>

const MOST = 50
const word = z.string().trim().toLowerCase().min(1)

/** What somebody takes. An empty list of categories or languages takes all; a tag that anybody lists goes only to who lists it. */
export const Skills = z.object({
  /** Their own capacity; null is that of the workspace, 0 is given nothing. */
  capacity: z.int().min(0).max(500).nullable(),
  categories: z.array(word.max(60)).max(MOST),
  /** Two letters; a ticket knows its language by its first mail, or by a tag like `lang:de`. */
  languages: z.array(word.regex(/^[a-z]{2}$/, 'A language is two letters like de')).max(MOST),
  tags: z.array(word.max(40)).max(MOST),
})
export type Skills = z.infer<typeof Skills>

export const AgentStanding = z.object({
  staff: z.object({ id: z.uuid(), name: z.string() }),
  available: z.boolean(),
  /** On a break of work: given nothing until they are back, whatever they said. */
  onBreak: z.boolean(),
  /** Works by a plan, and is on no shift now: given nothing until the next one. */
  offShift: z.boolean(),
  /** When that was said last; null for never. */
  saidAt: z.iso.datetime().nullable(),
  /** Tickets whose customer waits, of how many they are given at most. */
  load: z.int(),
  capacity: z.int(),
  skills: Skills,
})
export type AgentStanding = z.infer<typeof AgentStanding>

export const listAgents = endpoint('GET', '/v1/agents', {
  summary: 'Everybody who works on tickets by name: availability, open tickets, capacity and skills; 500 at most',
  callers: READERS,
  reply: z.object({ items: z.array(AgentStanding) }),
})

export const takeNext = endpoint('POST', '/v1/next-ticket', {
  summary: 'Takes the ticket that is due first among those that nobody has and that fit the skills of the caller',
  callers: PEOPLE_AT_WORK,
  reply: TicketCardView,
  tags: ['assignment'],
})

export const setAvailability = endpoint('PUT', '/v1/agents/:staffId/availability', {
  summary:
    'Says whether somebody is given tickets: oneself, or anybody as a supervisor; whoever goes may hand work back',
  callers: PEOPLE_AT_WORK,
  body: z.object({
    available: z.boolean(),
    /** Tickets whose customer waits go back to nobody. */
    handBack: z.boolean().default(false),
  }),
  reply: AgentStanding,
})

export const writeSkills = endpoint('PUT', '/v1/agents/:staffId/skills', {
  summary: 'Sets what somebody takes, and how much at once',
  callers: LEADS,
  body: Skills,
  reply: AgentStanding,
})

export const getAvailabilityCard = endpoint('GET', '/v1/availability-card', {
  summary: 'Who is available, as a card: oneself, and for supervisors everybody',
  callers: PEOPLE_AT_WORK,
  reply: PanelCard,
  tags: ['assignment'],
})

/** What a press on that card says. */
export const AVAILABILITY_PRESSES = ['here', 'away', 'hand_back'] as const

export const pressAvailability = endpoint('POST', '/v1/availability-card', {
  summary: 'A press on the card of availability',
  callers: PEOPLE_AT_WORK,
  query: z.object({ staff: z.uuid(), to: z.enum(AVAILABILITY_PRESSES) }),
  body: PanelFields,
  reply: PanelCard,
  tags: ['assignment'],
})

export const getAssignmentSettings = endpoint('GET', '/v1/assignment-settings', {
  summary: 'How tickets find their owner',
  callers: SETTING_READERS,
  reply: AssignmentSettings,
})

export const writeAssignmentSettings = endpoint('PUT', '/v1/assignment-settings', {
  summary: 'Sets how tickets find their owner; turned on, tickets that nobody has are given as well',
  callers: ADMINS,
  body: AssignmentSettings,
  reply: AssignmentSettings,
})
