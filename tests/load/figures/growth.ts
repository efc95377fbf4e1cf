import { type Figure, figure, quantiles } from '../figure.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { ask } from '../measuring/requests.ts'
import type { Ground } from '../world/ground.ts'
import { saveViews } from '../world/views.ts'

const WARM_UP = 30
const COUNT = 40
const ROUNDS = 3

/** Every list that an agent or a program turns pages of, and the homepage that counts them. */
const LISTS = [
  ...['mine', 'unassigned', 'breaching', 'unanswered', 'open', 'snoozed', 'spam', 'thanks', 'solved', 'closed', 'void'],
  ...['status?of=open', 'status?of=on_hold', 'category?of=order', 'tag?of=vip', 'tag?of=glass'],
].map((view) => `/v1/queues/${view}`)
const PAGES = ['mine', 'unassigned', 'open', 'solved', 'closed'].map((view) => `/v1/tickets?view=${view}&limit=50`)

/** The same lists in the two largest workspaces, in turns: how much slower the larger one is, list by list. */
export async function measureGrowth(ground: Ground): Promise<Figure[]> {
  const [small, large] = ground.workspaces.slice(-2)
  if (!small || !large) throw new Error('A world needs two workspaces to compare')
  const api = await startDeskApi(ground)
  try {
    const sides = [] as { headers: Record<string, string>; paths: string[] }[]
    for (const { id } of [small, large]) {
      const saved = (await saveViews(ground, id)).map((view) => `/v1/queues/saved?of=${view}`)
      sides.push({ headers: await api.headersFor(id), paths: [...LISTS, ...PAGES, ...saved] })
    }
    const grown: { path: string; ratio: number }[] = []
    for (const [number, path] of [...LISTS, ...PAGES, 'saved: urgent', 'saved: calls'].entries()) {
      const times = sides.map(() => [] as number[])
      for (let round = 0; round < ROUNDS; round++)
        for (const [side, { headers, paths }] of sides.entries()) {
          const urls = [`${api.url}${paths[number]}`]
          if (round === 0) await ask({ mode: 'closed', urls, headers, count: WARM_UP })
          times[side]?.push(...(await ask({ mode: 'closed', urls, headers, count: COUNT })))
        }
      const [before = 1, after = 1] = times.map((one) => quantiles(one, [0.5])[0])
      grown.push({ path, ratio: after / before })
    }
    return [figureOf(grown, [small.tickets, large.tickets])]
  } finally {
    await api.stop()
  }
}

function figureOf(grown: { path: string; ratio: number }[], [from, to]: readonly [number, number]): Figure {
  const worst = grown.toSorted((a, b) => b.ratio - a.ratio).slice(0, 3)
  const named = worst.map(({ path, ratio }) => `${path.replace('/v1/', '')} ${ratio.toFixed(2)}`).join(', ')
  const name = `${grown.length} lists, ${to.toLocaleString('en')} to ${from.toLocaleString('en')} tickets, the worst p50`
  return figure(name, worst[0]?.ratio ?? 0, 'times', { ...(from >= 100_000 && { aim: '<= 1.5' }), note: named })
}
