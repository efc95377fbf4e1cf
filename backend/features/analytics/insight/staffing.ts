/**
 * What a team promises: so many of its answers within so long.
 * @property share 0 to 1
 * @property withinSeconds from the mail's arrival to the begin of work on it
 */
export type ServiceTarget = { share: number; withinSeconds: number }

/**
 * Share of work that has to wait when `people` take it one by one, by Erlang C: arrivals at random, lengths exponential, nobody leaves
 * the line. Counted through Erlang B's recursion, which does not overflow.
 * @param load arrivals per second times seconds of work each: people who would be busy all the time
 * @returns 0 to 1; 1 when the line only grows. Formula: https://en.wikipedia.org/wiki/Erlang_(unit)#Erlang_C_formula
 */
export function waitingShare(load: number, people: number): number {
  if (load <= 0) return 0
  if (people <= load) return 1
  let blocked = 1
  for (let n = 1; n <= people; n++) blocked = (load * blocked) / (n + load * blocked)
  return blocked / (1 - (load / people) * (1 - blocked))
}

/** Share of work that is begun within the target's time. */
export function serviceLevel(load: number, people: number, handleSeconds: number, withinSeconds: number): number {
  if (load <= 0) return 1
  if (people <= load) return 0
  return 1 - waitingShare(load, people) * Math.exp((-(people - load) * withinSeconds) / handleSeconds)
}

/** How busy people may be, so that something is left for what no forecast sees. */
const BUSIEST = 0.9

/**
 * The fewest people at work who keep the target, none of them busier than nine minutes in ten.
 * @param arrivals expected in the hour
 * @param handleSeconds of work for each
 */
export function peopleFor(arrivals: number, handleSeconds: number, target: ServiceTarget): number {
  const load = (arrivals * handleSeconds) / 3_600
  if (load <= 0) return 0
  let people = Math.max(1, Math.ceil(load / BUSIEST))
  while (serviceLevel(load, people, handleSeconds, target.withinSeconds) < target.share) people++
  return people
}
