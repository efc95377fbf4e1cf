import type { RunningAction } from '../../../../shared/combined-actions.ts'
import type { PanelSection, PanelWidget } from '../../../../shared/panel.ts'
import { newId } from '../../../platform/ids.ts'
import { button, buttons, clockTime, fact, remark, section } from '../../../platform/panel.ts'
import type { DueReminder } from '../reminders/showing.ts'

/** What one wanted to be reminded of, above everything else. */
export const remindersSection = (reminders: readonly DueReminder[]): PanelSection | null =>
  section('Reminders', ...reminders.flatMap(reminderWidgets))

const reminderWidgets = ({ id, ticketId, number, subject, at, words }: DueReminder): PanelWidget[] => [
  fact(`${number} · ${clockTime(at)}`, words || subject, words && subject, { kind: 'open', ticketId }),
  buttons(
    button('Done', {
      kind: 'call',
      method: 'POST',
      path: `/v1/reminders/${id}/completion`,
      key: newId(),
      lay: 'update',
    }),
  ),
]

/** A card has room for 100 widgets, and these stand above the list. */
const MOST_RUNNING = 5

const STATE_WORDS: Partial<Record<RunningAction['state'], string>> = {
  waiting_approval: 'Waits for approval',
  running: 'At work',
  parked: 'Needs you',
}

/** What this person has begun and is not over. */
export const runningSection = (running: readonly RunningAction[]): PanelSection | null =>
  section(
    'Your running actions',
    ...running.slice(0, MOST_RUNNING).flatMap(runningWidgets),
    running.length > MOST_RUNNING ? remark(`and ${running.length - MOST_RUNNING} more`) : null,
  )

function runningWidgets({ id, orderNumber, state, words, undoSeconds, problem }: RunningAction): PanelWidget[] {
  const left = undoSeconds === null ? STATE_WORDS[state] : `Leaves in ${undoSeconds} s`
  const line = fact([orderNumber, left].filter(Boolean).join(' · '), words, problem, {
    kind: 'call',
    method: 'GET',
    path: `/v1/combined-actions/${id}/card`,
    key: null,
    lay: 'push',
  })
  const undo = button('Undo', {
    kind: 'call',
    method: 'POST',
    path: `/v1/combined-actions/${id}/undoing`,
    key: `undo-${id}`, // however often it is pressed, it is taken back once
    lay: 'push',
  })
  return undoSeconds === null ? [line] : [line, buttons(undo)]
}
