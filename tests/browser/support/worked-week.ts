import { SHOP } from '../../../workbench/scenarios/fern-and-fig.ts'
import { callAs } from '../../../workbench/start/desk-api.ts'
import type { Shop } from './open-shop.ts'

const DAY_MS = 86_400_000
const MINUTE = 60_000

/** Minutes that somebody came after the begin and went before the end of a shift, negative is outside of it, and took for lunch; null is absent. */
type Worked = readonly [number, number, number] | null

const WEEK: Record<string, { hours: readonly [number, number]; days: readonly Worked[] }> = {
  nora: {
    hours: [8, 16],
    days: [
      [0, 0, 28],
      [4, -15, 30],
      [0, 0, 41],
      [-10, 0, 30],
      [0, 25, 29],
    ],
  },
  sam: { hours: [16, 22], days: [[12, 0, 30], [0, -40, 30], null, [0, 0, 25], [7, 0, 36]] },
  june: {
    hours: [8, 16],
    days: [
      [0, 0, 30],
      [0, 0, 30],
      [0, -30, 30],
      [0, 0, 30],
      [0, 0, 27],
    ],
  },
  anton: {
    hours: [8, 16],
    days: [
      [0, 0, 20],
      [35, 0, 30],
      [0, 0, 30],
      [0, 0, 30],
      [0, 60, 30],
    ],
  },
}

/** The five days before today, planned and worked as in any week. @returns the first and the last of them, YYYY-MM-DD */
export async function workWeek({ workbench: { google, backend } }: Shop): Promise<{ from: string; to: string }> {
  const june = (method: 'GET' | 'POST' | 'PUT', path: string, body?: object) =>
    callAs(google, `june@${SHOP.domain}`, `${backend.url}/v1/${path}`, method, body)
  const dayAt = (n: number) => new Date(backend.ctx.clock.now().getTime() + n * DAY_MS).toISOString().slice(0, 10)
  const staff = (await june('GET', 'staff')) as { items: { id: string; email: string }[] }

  for (const [name, { hours, days }] of Object.entries(WEEK)) {
    const id = staff.items.find(({ email }) => email.startsWith(`${name}@`))?.id
    for (const [n, worked] of days.entries()) {
      const [from, to] = hours.map((hour) => hour * 60)
      const path = `shifts/people/${id}/days/${dayAt(n - days.length)}`
      const { items } = (await june('PUT', path, { hours: [{ from, to }] })) as { items: Planned[] }
      const [shift] = items
      if (shift && worked) await june('POST', `work/people/${id}/sessions`, timesOf(shift, worked))
    }
  }
  return { from: dayAt(-5), to: dayAt(-1) }
}

type Planned = { startsAt: string; endsAt: string }

function timesOf({ startsAt, endsAt }: Planned, [late, early, lunch]: readonly [number, number, number]) {
  const after = (time: string, minutes: number) => new Date(Date.parse(time) + minutes * MINUTE).toISOString()
  const breaks = [{ id: null, kind: 'lunch', startedAt: after(startsAt, 230), endedAt: after(startsAt, 230 + lunch) }]
  return { startedAt: after(startsAt, late), endedAt: after(endsAt, -early), breaks, word: 'By the old list' }
}
