import type { PanelButton, PanelCard, PanelPress, PanelWidget } from '../../../shared/panel.ts'
import { TICKET_ID } from './views.ts'

type Line = Extract<PanelWidget, { kind: 'fact' }>

export const queuePress = (view: string, lay: 'push' | 'update', cursor?: string): PanelPress => ({
  kind: 'call',
  method: 'GET',
  path: `/v1/queues/${view}/card${cursor ? `?cursor=${cursor}` : ''}`,
  key: null,
  lay,
})

const line = (other: Partial<Line> = {}): Line => ({
  kind: 'fact',
  label: 'TKT-000042 · Open · due {{2026-11-20T11:05:00.000Z}}',
  text: 'Broken jar',
  below: 'Ada Byron · nobody · waiting 1 h',
  press: { kind: 'open', ticketId: TICKET_ID },
  ...other,
})

const pressed = (label: string, press: PanelPress, filled = false): PanelButton => ({ label, press, filled, off: null })

type Other = Partial<PanelCard> & { lines?: Partial<Line>[]; next?: string | null; running?: PanelWidget[] }

/** A view of the desk as a card: what runs, the other views with their counts, its tickets, and where one goes from there. */
export function queueCard({ lines = [{}], next = null, running = [], ...other }: Other = {}): PanelCard {
  const views = [
    pressed('Mine (1)', queuePress('mine', 'update'), true),
    pressed('Unassigned (12)', queuePress('unassigned', 'update')),
    pressed('All open (1000+)', queuePress('open', 'update')),
  ]
  const ways = [
    ...(next ? [pressed('More tickets', queuePress('open', 'push', next))] : []),
    pressed('Refresh', queuePress('mine', 'update')),
  ]
  return {
    title: 'Honey Hill',
    subtitle: 'Nora Lind',
    sections: [
      { title: 'Your running actions', folded: null, widgets: running },
      { title: null, folded: null, widgets: [{ kind: 'buttons', buttons: views }] },
      { title: 'Mine', folded: null, widgets: lines.map(line) },
      { title: null, folded: null, widgets: [{ kind: 'buttons', buttons: ways }] },
    ],
    say: null,
    ...other,
  }
}
