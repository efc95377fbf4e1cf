import type { PanelCard, PanelPress } from '../../shared/panel.ts'
import { type QueueName, showQueue } from '../../shared/queues.ts'
import type { StaffName } from './desk.ts'
import type { ShopDesk } from './shop.ts'
import { visitor } from './visitor.ts'

type Line = { text: string; below: string | null; leads: string | null }

/** What the homepage tells whoever leads of their team. @param desk the one of a story that has begun */
export function teamNow(desk: () => ShopDesk) {
  const homeOf = (name: StaffName, view: QueueName = 'mine') => desk().as(name).call(showQueue, { params: { view } })

  /** What a reader is told of the team, by its label: how much, and where a press leads. */
  async function linesOf(name: StaffName): Promise<Record<string, Line>> {
    const widgets = teamOn(await homeOf(name))?.widgets ?? []
    return Object.fromEntries(
      widgets.flatMap((widget) => {
        if (widget.kind !== 'fact') return []
        const { label, text, below, press } = widget
        return [[label, { text, below, leads: press && whereTo(press) }]]
      }),
    )
  }

  const lineOf = async (label: string, name: StaffName = 'vera') => (await linesOf(name))[label]

  /** Opens the page that a line leads to. */
  async function followed(label: string, name: StaffName = 'vera') {
    const { leads } = (await lineOf(label, name)) ?? { leads: null }
    if (!leads?.startsWith('https://desk.example/')) throw new Error(`${label} leads to ${leads}`)
    return visitor(desk(), name).open(leads.replace('https://desk.example', ''))
  }

  return { homeOf, linesOf, lineOf, followed }
}

export const teamOn = ({ sections }: PanelCard) => sections.find(({ title }) => title === 'The team now')

function whereTo(press: PanelPress): string | null {
  if ('url' in press) return press.url
  if ('path' in press) return press.path
  return 'ticketId' in press ? press.ticketId : null
}
