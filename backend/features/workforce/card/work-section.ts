import type { PanelButton, PanelPress, PanelSection } from '../../../../shared/panel.ts'
import type { Work } from '../../../../shared/workforce.ts'
import { newId } from '../../../platform/ids.ts'
import { button, buttons, clockTime, fact, remark, section, warning } from '../../../platform/panel.ts'
import { breakWords, endedForThem, isOverdue, OVERDUE_WORDS } from '../words.ts'

const HOME = '/v1/home-card/work'

const say = (query: string): PanelPress => ({
  kind: 'call',
  method: 'POST',
  path: `${HOME}?${query}`,
  key: newId(),
  lay: 'update',
})

const more = (label: string): PanelButton =>
  button(label, { kind: 'call', method: 'GET', path: '/v1/work-card', key: null, lay: 'push' })

/** Whether it must be seen before everything else: somebody is on a break or should have gone, or works by log-in and is not logged in. */
export const workComesFirst = (work: Work | null, now: Date): boolean =>
  work !== null && (work.session === null ? work.last !== null : work.session.onBreak !== null || isOverdue(work, now))

/** Log-in, breaks and log-out, for the homepage; null for who does not work on tickets. */
export function workSection(work: Work | null, now: Date): PanelSection | null {
  if (work === null) return null
  const { session } = work
  if (session === null) {
    const ended = endedForThem(work, now, clockTime)
    return section(
      null,
      ended === null ? null : remark(ended),
      buttons(button('Log in', say('to=log_in'), { filled: work.last !== null })),
    )
  }
  const { since, plannedEnd, onBreak } = session
  if (onBreak)
    return section(
      onBreak.label,
      fact(`Since ${clockTime(new Date(onBreak.since))}`, breakWords(onBreak, now)),
      buttons(button('I am back', say('to=back'), { filled: true }), more('Log out')),
    )
  const until = plannedEnd === null ? null : `Shift until ${clockTime(new Date(plannedEnd))}`
  return section(
    null,
    fact('At work', `since ${clockTime(new Date(since))}`, until),
    isOverdue(work, now) ? warning(OVERDUE_WORDS) : null,
    buttons(
      ...(isOverdue(work, now) ? [button('I work on', say('to=stay'))] : []),
      more('Take a break'),
      more('Log out'),
    ),
  )
}
