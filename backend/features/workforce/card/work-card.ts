import type { PanelButton, PanelCard, PanelPress, PanelWidget } from '../../../../shared/panel.ts'
import type { BreakKind, Work } from '../../../../shared/workforce.ts'
import { newId } from '../../../platform/ids.ts'
import { button, buttons, clockTime, fact, plain, present, remark, section, warning } from '../../../platform/panel.ts'
import { breakWords, endedForThem, isOverdue, OVERDUE_WORDS } from '../words.ts'

type Shown = { name: string; now: Date; say: string | null; page: string }

const press = (query: Record<string, string>): PanelPress => ({
  kind: 'call',
  method: 'POST',
  path: `/v1/work-card?${new URLSearchParams(query)}`,
  key: newId(),
  lay: 'update',
})

/** Shows first what is open; hand-over is a feature above this one, which knows its path alone. */
const LEAVE = (): PanelPress => ({
  kind: 'call',
  method: 'POST',
  path: '/v1/handover-card/leaving',
  key: newId(),
  lay: 'update',
})

const HAND_OVER: PanelPress = { kind: 'call', method: 'GET', path: '/v1/handover-card', key: null, lay: 'push' }

/** A row of buttons holds so many. */
const IN_A_ROW = 3

/** Log-in, all kinds of breaks, and log-out. @param shown.page where one sees one's own times */
export const workCard = (work: Work, { name, now, say, page }: Shown): PanelCard => ({
  title: 'Work',
  subtitle: name,
  sections: present(
    section(null, ...standing(work, now)),
    work.session && !work.session.onBreak ? section('Breaks', ...kindRows(work.kinds)) : null,
    work.session ? section(null, buttons(button('Log out', LEAVE()), button('Hand over', HAND_OVER))) : null,
    section(null, buttons(button('My times', { kind: 'link', url: page }))),
  ),
  say,
})

function standing(work: Work, now: Date): (PanelWidget | null)[] {
  const { session } = work
  if (session === null) {
    const ended = endedForThem(work, now, clockTime)
    return [
      plain('You are not logged in.'),
      ended === null ? null : remark(ended),
      buttons(button('Log in', press({ to: 'log_in' }), { filled: true })),
    ]
  }
  const { since, plannedEnd, onBreak } = session
  return [
    fact(
      'At work',
      `since ${clockTime(new Date(since))}`,
      plannedEnd && `Shift until ${clockTime(new Date(plannedEnd))}`,
    ),
    isOverdue(work, now) ? warning(OVERDUE_WORDS) : null,
    isOverdue(work, now) ? buttons(button('I work on', press({ to: 'stay' }))) : null,
    onBreak && fact(`${onBreak.label} since ${clockTime(new Date(onBreak.since))}`, breakWords(onBreak, now)),
    onBreak && buttons(button('I am back', press({ to: 'back' }), { filled: true })),
  ]
}

const kindRows = (kinds: readonly BreakKind[]): PanelWidget[] =>
  Array.from({ length: Math.ceil(kinds.length / IN_A_ROW) }, (_, row) =>
    buttons(...kinds.slice(row * IN_A_ROW, (row + 1) * IN_A_ROW).map(kindButton)),
  )

const kindButton = ({ id, label, minutes }: BreakKind): PanelButton =>
  button(`${label} (${minutes} min)`, press({ to: 'break', kind: id }))
