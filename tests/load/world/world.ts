export type Size = 'standard' | 'full' | 'huge'

export type WorldPlan = {
  /** Tickets of each workspace whose pages are measured, smallest first; the largest is the big one. */
  measured: readonly number[]
  small: { workspaces: number; tickets: number }
  messagesPerTicket: number
  openShare: number
  ticketsPerCustomer: number
  staff: number
  /** Tickets with a long conversation, sealed for their own rows, in the big workspace. */
  cards: { tickets: number; messages: number }
  vocabulary: number
  years: number
  /** Without bodies: only tickets, customers and events. */
  narrow: boolean
  seed: number
}

const standard: WorldPlan = {
  measured: [10_000, 100_000],
  small: { workspaces: 200, tickets: 50 },
  messagesPerTicket: 3,
  openShare: 0.02,
  ticketsPerCustomer: 4,
  staff: 20,
  cards: { tickets: 200, messages: 20 },
  vocabulary: 20_000,
  years: 2,
  narrow: false,
  seed: 20_261_120,
}

/** The one world that every figure is measured in. */
export const WORLDS: Record<Size, WorldPlan> = {
  standard,
  full: { ...standard, measured: [10_000, 100_000, 1_000_000] },
  huge: { ...standard, measured: [10_000, 100_000, 10_000_000], narrow: true },
}

/** Wraps the data keys of the measured world, whose mails are made of random words. */
export const MASTER_KEY = Buffer.alloc(32, 'sidedesk measures').toString('base64')
