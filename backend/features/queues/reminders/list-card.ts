import type { PanelCard } from '../../../../shared/panel.ts'
import type { Reminder } from '../../../../shared/queues.ts'
import { newId } from '../../../platform/ids.ts'
import { button, buttons, clockTime, fact, present, remark, section } from '../../../platform/panel.ts'

/** A card has room for so many, each with its button. */
const SHOWN = 40

/** Everything that one wants to be reminded of, the nearest first. */
export function remindersCard(reminders: readonly Reminder[], say: string | null): PanelCard {
  const shown = reminders.slice(0, SHOWN)
  const left = reminders.length - shown.length
  return {
    title: 'My reminders',
    subtitle: null,
    sections: present(
      section(
        null,
        reminders.length === 0 ? remark('None. «Snooze or remind» on the card of a ticket makes one.') : null,
        ...shown.flatMap(({ id, ticketId, number, remindAt, words }) => [
          fact(`${number} · ${clockTime(new Date(remindAt))}`, words || 'Look at it again', null, {
            kind: 'open',
            ticketId,
          }),
          buttons(
            button('Done', {
              kind: 'call',
              method: 'POST',
              path: `/v1/reminders/${id}/completion?from=list`,
              key: newId(),
              lay: 'update',
            }),
          ),
        ]),
        left > 0 ? remark(`${left} more. They move up as these are done.`) : null,
      ),
    ),
    say,
  }
}
