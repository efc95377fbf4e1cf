import { SHOP } from '../../../workbench/scenarios/fern-and-fig.ts'
import { callAs } from '../../../workbench/start/desk-api.ts'
import type { Shop } from './open-shop.ts'

const HOUR = 60
const DAY_MS = 86_400_000
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7]

/** Everybody works by a template from today on; Nora offers Sam a shift, who agreed, and June goes on leave. */
export async function planWeek({ workbench: { google, backend } }: Shop): Promise<void> {
  const wish = (who: string, method: 'GET' | 'POST' | 'PUT', path: string, body?: object) =>
    callAs(google, `${who}@${SHOP.domain}`, `${backend.url}/v1/${path}`, method, body)
  const day = (n: number) => new Date(backend.ctx.clock.now().getTime() + n * DAY_MS).toISOString().slice(0, 10)
  const staff = (await wish('june', 'GET', 'staff')) as { items: { id: string; email: string }[] }
  const idOf = (name: string) => staff.items.find(({ email }) => email.startsWith(`${name}@`))?.id ?? ''

  for (const [name, from, to, people] of [
    ['Shop hours', 8, 16, ['nora', 'june', 'anton']],
    ['Evenings', 16, 22, ['sam']],
  ] as const) {
    const slots = EVERY_DAY.map((weekday) => ({ weekday, from: from * HOUR, to: to * HOUR }))
    const { id } = (await wish('june', 'POST', 'shift-templates', { name, slots })) as { id: string }
    const uses = { staffIds: people.map(idOf), from: day(0), to: null }
    await wish('june', 'POST', `shift-templates/${id}/uses`, uses)
  }
  await wish('june', 'POST', 'leaves', { staffId: idOf('june'), from: day(4), to: day(5), kind: 'holiday' })
  const shifts = (await wish('nora', 'GET', `shifts?from=${day(2)}&to=${day(2)}&staffId=${idOf('nora')}`)) as {
    items: { id: string }[]
  }
  const offer = { shiftId: shifts.items[0]?.id, toId: idOf('sam'), backShiftId: null }
  const { id } = (await wish('nora', 'POST', 'shift-swaps', offer)) as { id: string }
  await wish('sam', 'PUT', `shift-swaps/${id}/agreement`, { agrees: true })
}
