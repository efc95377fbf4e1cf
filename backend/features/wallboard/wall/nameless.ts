import type { Wallboard, WallPerson } from '../../../../shared/wallboard.ts'

/** Somebody as a screen shows them that anybody may walk past. */
export type Nameless = Omit<WallPerson, 'staff' | 'onBreak'> & {
  /** In the order of today's log-ins, so it names nobody and is somebody else's tomorrow. */
  number: number
  /** Not which one. */
  onBreak: { since: string; allowedMinutes: number } | null
}

/** No name, no id, no kind of break: who is not of the team learns how many, not who. */
export const namelessOf = ({ people }: Pick<Wallboard, 'people'>): Nameless[] =>
  people.toSorted(byLogIn).map(({ staff: _, onBreak, ...rest }, place) => ({
    ...rest,
    number: place + 1,
    onBreak: onBreak && { since: onBreak.since, allowedMinutes: onBreak.allowedMinutes },
  }))

/** Who is not there comes last. */
const byLogIn = (one: WallPerson, other: WallPerson): number =>
  (one.since ?? LAST).localeCompare(other.since ?? LAST) ||
  (one.shift?.startsAt ?? LAST).localeCompare(other.shift?.startsAt ?? LAST)

const LAST = '9999'
