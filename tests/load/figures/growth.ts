import { type Figure, figure, quantiles } from '../figure.ts'
import { startDeskApi } from '../measuring/desk-api.ts'
import { ask } from '../measuring/requests.ts'
import type { Ground } from '../world/ground.ts'
import { saveViews } from '../world/views.ts'

const WARM_UP = 20
const COUNT = 25
const ROUNDS = 3

/** Every list that an agent or a program turns pages of, and the homepage that counts them. */
const LISTS = [
  ...['mine', 'unassigned', 'breaching', 'unanswered', 'open', 'snoozed', 'spam', 'thanks', 'solved', 'closed', 'void'],
  ...['status?of=open', 'status?of=on_hold', 'category?of=order', 'tag?of=vip', 'tag?of=glass'],
].map((view) => `/v1/queues/${view}`)
const PAGES = ['mine', 'unassigned', 'open', 'solved', 'closed'].map((view) => `/v1/tickets?view=${view}&limit=50`)

type Side = { urls: string[]; headers: Record<string, string>; times: number[][] }

/** The same lists in the two largest workspaces, in turns: how much slower the larger one is, list by list. */
export async function measureGrowth(ground: Ground): Promise<Figure[]> {
  const [small, large] = ground.workspaces.slice(-2)
  if (!small || !large) throw new Error('A world needs two workspaces to compare')
  const api = await startDeskApi(ground)
  try {
    const sides: Side[] = []
    for (const { id } of [small, large]) {
      const saved = (await saveViews(ground, id)).map((view) => `/v1/queues/saved?of=${view}`)
      const urls = [...LISTS, ...PAGES, ...saved].map((path) => `${api.url}${path}`)
      sides.push({ urls, headers: await api.headersFor(id), times: urls.map(() => []) })
    }
    for (const side of sides) await askAll(side, WARM_UP)
    for (let round = 0; round < ROUNDS; round++)
      for (const side of sides)
        for (const [list, times] of (await askAll(side, COUNT)).entries()) side.times[list]?.push(...times)
    const [before, after] = sides.map(({ times }) => times.map((one) => quantiles(one, [0.5])[0]))
    const grown = [...LISTS, ...PAGES, 'saved: urgent', 'saved: calls'].map((path, list) => ({
      path,
      ratio: (after?.[list] ?? 0) / (before?.[list] ?? 1),
    }))
    return [figureOf(grown, [small.tickets, large.tickets])]
  } finally {
    await api.stop()
  }
}

/** @returns the times of each list, which are asked for in turns */
async function askAll({ urls, headers }: Side, rounds: number): Promise<number[][]> {
  const times = await ask({ mode: 'closed', urls, headers, count: urls.length * rounds })
  return urls.map((_, list) => times.filter((_, place) => place % urls.length === list))
}

function figureOf(grown: { path: string; ratio: number }[], [from, to]: readonly [number, number]): Figure {
  const worst = grown.toSorted((a, b) => b.ratio - a.ratio).slice(0, 3)
  const named = worst.map(({ path, ratio }) => `${path.replace('/v1/', '')} ${ratio.toFixed(2)}`).join(', ')
  const name = `${grown.length} lists, ${to.toLocaleString('en')} to ${from.toLocaleString('en')} tickets, the worst p50`
  return figure(name, worst[0]?.ratio ?? 0, 'times', { ...(from >= 100_000 && { aim: '<= 1.5' }), note: named })
}
