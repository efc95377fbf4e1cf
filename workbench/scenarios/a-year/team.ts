import { SHOP, STAFF, type StaffSeed } from '../fern-and-fig.ts'

/** Somebody who answers: how quick beside the others, and since how many days. */
export type Teammate = { seed: StaffSeed; pace: number; since: number; until: number }

const agent = (name: string): StaffSeed => ({
  name,
  email: `${name.split(' ')[0]?.toLowerCase()}@${SHOP.domain}`,
  role: 'agent',
})
const known = (handle: string): StaffSeed => {
  const seed = STAFF.find(({ email }) => email.startsWith(`${handle}@`))
  if (!seed) throw new Error(`${handle} is not on the staff`)
  return seed
}

/** Who came and went in a year. The team grows before Christmas and after the strike. */
export const TEAM: Teammate[] = [
  { seed: known('nora'), pace: 0.8, since: 900, until: 0 },
  { seed: known('sam'), pace: 1, since: 640, until: 0 },
  { seed: known('june'), pace: 1.1, since: 1_400, until: 0 },
  { seed: agent('Hamid Rahimi'), pace: 0.9, since: 500, until: 0 },
  { seed: agent('Tess Bakker'), pace: 1, since: 420, until: 0 },
  { seed: agent('Leo Fontaine'), pace: 1.3, since: 370, until: 90 },
  { seed: agent('Mirjam Vogel'), pace: 0.9, since: 300, until: 0 },
  { seed: agent('Owen Price'), pace: 1.5, since: 120, until: 0 },
  { seed: agent('Ruth Adeyemi'), pace: 1.2, since: 75, until: 0 },
  { seed: agent('Pavel Novak'), pace: 1.4, since: 40, until: 0 },
]

export const YEAR_STAFF: StaffSeed[] = [
  ...STAFF,
  ...TEAM.map(({ seed }) => seed).filter((seed) => !STAFF.includes(seed)),
]

/** Who was there so many days ago. */
export const teamAt = (ago: number): Teammate[] => TEAM.filter(({ since, until }) => since > ago && ago >= until)
