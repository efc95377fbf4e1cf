import type { Ctx } from '../../../context.ts'
import { systemOf } from '../../../platform/actor.ts'
import { record } from '../../../platform/events.ts'
import { newId } from '../../../platform/ids.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { notify, peopleOf } from '../../notices/index.ts'
import { dayAfter } from '../figures/zones.ts'
import { addressOf } from '../reports/addressing.ts'
import { countWords, dayWords } from '../reports/writing.ts'
import { surpriseFound } from './surprise-events.ts'
import { type FoundSurprise, findSurprises } from './surprise-finding.ts'
import { nameOf, STRETCH_DAYS, type Watched } from './watched.ts'

/** Looks at the last seven days, and tells supervisors what is new about them. One that goes on was told already. */
export async function tellSurprises(ctx: Ctx, workspaceId: string): Promise<void> {
  const looked = await findSurprises(ctx, workspaceId)
  if (!looked || looked.found.length === 0) return
  await inWorkspace(ctx, workspaceId, async (tx) => {
    const fresh = await noteSurprises(tx, looked.day, looked.found)
    if (fresh.length === 0) return
    const by = systemOf(workspaceId)
    await record(
      tx,
      fresh.map(({ id, watched: { metric, dimension } }) => surpriseFound({ surpriseId: id, metric, dimension, by })),
    )
    const people = await peopleOf(tx, 'supervisor')
    for (const one of fresh)
      await notify(ctx, tx, people, {
        kind: 'surprise',
        about: `surprise/${one.id}`,
        subject: `${isLess(one) ? 'Less' : 'More'} than usual: ${nameOf(one.watched, one.label)}`,
        lines: [wordsOf(one, looked.day), 'The link leads to the tickets behind it.'],
        path: linkOf({ ...one.watched, key: one.key, day: looked.day }),
        number: null,
      })
  })
}

/** One surprise is as long as it is found again within a week: only its first day makes a row. @returns those that are new */
async function noteSurprises(
  tx: Tx,
  day: string,
  found: readonly FoundSurprise[],
): Promise<(FoundSurprise & { id: string })[]> {
  const { workspaceId } = tx
  const going = await tx.surprise.findMany({
    where: { workspaceId, lastOn: { gte: dateOf(dayAfter(day, -STRETCH_DAYS)) } },
    select: { id: true, metric: true, dimension: true, key: true, now: true, usual: true },
  })
  const known = new Map(going.map((one) => [nameIn(one, one), one.id]))
  const idOf = (one: FoundSurprise) => known.get(nameIn({ ...one.watched, key: one.key }, one))
  await tx.surprise.updateMany({
    where: { workspaceId, id: { in: found.flatMap((one) => idOf(one) ?? []) }, lastOn: { lt: dateOf(day) } },
    data: { lastOn: dateOf(day) },
  })
  const fresh = found.filter((one) => idOf(one) === undefined).map((one) => ({ ...one, id: newId(tx.now) }))
  const written = await tx.surprise.createManyAndReturn({
    data: fresh.map(({ id, watched: { metric, dimension }, key, now, usual }) => ({
      ...{ workspaceId, id, metric, dimension, key, now, usual },
      foundOn: dateOf(day),
      lastOn: dateOf(day),
    })),
    skipDuplicates: true, // another run of the same day was first
    select: { id: true },
  })
  const ids = new Set(written.map(({ id }) => id))
  return fresh.filter(({ id }) => ids.has(id))
}

const dateOf = (day: string): Date => new Date(`${day}T00:00:00Z`)
type Counted = Pick<FoundSurprise, 'now' | 'usual'>
const isLess = ({ now, usual }: Counted): boolean => now < usual
/** What is too much today may be too little in a week: that is another surprise. */
const nameIn = (
  { metric, dimension, key }: { metric: string; dimension: string; key: string },
  counted: Counted,
): string => JSON.stringify([metric, dimension, key, isLess(counted)])

/** 31 in the seven days to 21 Nov 2026; usually it is 10. @param day the last of the seven */
export const wordsOf = ({ watched, label, now, usual }: Omit<FoundSurprise, 'key'>, day: string): string =>
  `${nameOf(watched, label)}: ${countWords(now)} in the seven days to ${dayWords(day)}; usually it is ${countWords(usual)}.`

/** The tickets behind it. */
export const linkOf = ({
  metric,
  dimension,
  key,
  day,
}: Pick<Watched, 'metric' | 'dimension'> & { key: string; day: string }): string =>
  addressOf('/dashboard/shares', {
    metric,
    from: dayAfter(day, 1 - STRETCH_DAYS),
    to: day,
    ...(dimension !== 'none' && { [dimension]: [key] }),
  })
