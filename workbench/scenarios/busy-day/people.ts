import { INBOXES, SHOP, STAFF, type StaffSeed } from '../fern-and-fig.ts'

const agent = (name: string): StaffSeed => ({
  name,
  email: `${name.split(' ')[0]?.toLowerCase()}@${SHOP.domain}`,
  role: 'agent',
})

/** Who joins Nora and Sam when a lot is to be done. */
const HELP = [
  agent('Hamid Rahimi'),
  agent('Tess Bakker'),
  agent('Leo Fontaine'),
  agent('Mirjam Vogel'),
  agent('Owen Price'),
]

export const BUSY_STAFF: StaffSeed[] = [...STAFF, ...HELP]
export const BUSY_INBOXES = [...INBOXES, ...HELP.map(({ email }) => email)]

export interface Worker {
  agent: StaffSeed
  /** Conversations in an hour. */
  pace: number
  /** Minutes of the day: when the work begins, when lunch does, when it ends. */
  from: number
  lunch: number
  to: number
}

const at = (hour: number, minute = 0) => hour * 60 + minute
const shift = (handle: string, pace: number, from: number, lunch: number, to: number): Worker => {
  const agent = BUSY_STAFF.find(({ email }) => email.startsWith(`${handle}@`))
  if (!agent) throw new Error(`${handle} is not on the staff`)
  return { agent, pace, from, lunch, to }
}

/** The seven of the day. */
export const WORKERS: Worker[] = [
  shift('nora', 6, at(8), at(12), at(16, 30)),
  shift('sam', 5, at(8), at(12, 30), at(16, 30)),
  shift('hamid', 5.5, at(8, 30), at(13), at(17)),
  shift('tess', 6, at(8, 30), at(12), at(17)),
  shift('leo', 4.5, at(9), at(13), at(17, 30)),
  shift('mirjam', 5.5, at(9), at(12, 30), at(17, 30)),
  shift('owen', 4, at(9, 30), at(13, 30), at(17, 30)),
]

export const SUPERVISOR = `june@${SHOP.domain}`
export const LUNCH_MINUTES = 45
export const DAY = { from: at(8), to: at(17, 30) } as const
