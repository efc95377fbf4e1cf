import type { PanelCard, PanelFields, PanelPress } from '../../../../shared/panel.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { instantIn } from '../../../platform/calendar.ts'
import { DeskError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import {
  button,
  buttons,
  clockTime,
  day,
  input,
  pick,
  plain,
  present,
  section,
  toTicket,
  warning,
} from '../../../platform/panel.ts'
import { inWorkspace, type Tx } from '../../../platform/tenancy.ts'
import { zoneOf } from '../../settings/index.ts'
import { lockTicket } from '../../tickets/index.ts'
import { remindIn } from '../reminders/reminding.ts'
import { snoozeIn } from './snoozing.ts'
import { laterThan } from './times.ts'

type Fields = PanelFields['fields']
type Drawn = { ticketId: string; fields: Fields; problem: string | null }

const HOURS = ['8', '9', '10', '11', '12', '13', '14', '15', '16', '17', '18'].map((value) => ({
  value,
  label: `${value}:00`,
}))

/** Another day than those of the drop-down, and a reminder to oneself. */
export function laterCard({ ticketId, fields, problem }: Drawn): PanelCard {
  const text = (name: string) => fields[name]?.[0] ?? ''
  const hour = (name: string) => pick(name, 'At', HOURS, text(name) || '9')
  const press = (act: 'snooze' | 'reminder'): PanelPress => ({
    kind: 'call',
    method: 'POST',
    path: `/v1/tickets/${ticketId}/later-card/${act}`,
    key: newId(),
    lay: 'update',
  })
  return {
    title: 'Snooze or remind',
    subtitle: null,
    sections: present(
      section(null, problem === null ? null : warning(problem)),
      section(
        'Snooze until',
        day('snooze.day', 'Day', text('snooze.day')),
        hour('snooze.hour'),
        buttons(button('Snooze', press('snooze'), { filled: true })),
      ),
      section(
        'Remind me',
        day('remind.day', 'Day', text('remind.day')),
        hour('remind.hour'),
        input('remind.words', 'About what', text('remind.words'), 'at most 500 characters'),
        buttons(button('Remind me', press('reminder'))),
      ),
      section(null, buttons(toTicket(ticketId))),
    ),
    say: null,
  }
}

const doneCard = (ticketId: string, title: string, words: string): PanelCard => ({
  title,
  subtitle: null,
  sections: present(section(null, plain(words), buttons(toTicket(ticketId)))),
  say: title,
})

/** Does what was typed on the card of a ticket that is there, or shows it again with the reason; a refusal writes nothing. */
const answered = (
  ctx: Ctx,
  ticketId: string,
  fields: Fields,
  by: Actor,
  act: (tx: Tx) => Promise<PanelCard>,
): Promise<PanelCard> =>
  inWorkspace(ctx, by.workspaceId, async (tx) => {
    await lockTicket(tx, ticketId)
    return act(tx).catch((error: unknown) => {
      if (!(error instanceof DeskError) || error.code === 'not_found') throw error
      return laterCard({ ticketId, fields, problem: error.message })
    })
  })

export const snoozeTyped = (ctx: Ctx, ticketId: string, fields: Fields, by: Actor): Promise<PanelCard> =>
  answered(ctx, ticketId, fields, by, async (tx) => {
    const until = laterThan(tx.now, await chosen(tx, fields, 'snooze'))
    await snoozeIn(tx, ticketId, until, by)
    return doneCard(ticketId, 'Snoozed', `It comes back ${clockTime(until)}, or when the customer writes.`)
  })

const WORDS = 500

export const remindTyped = (ctx: Ctx, ticketId: string, fields: Fields, by: Actor): Promise<PanelCard> =>
  answered(ctx, ticketId, fields, by, async (tx) => {
    const words = fields['remind.words']?.[0]?.trim() ?? ''
    if (words.length > WORDS)
      throw new DeskError('invalid_request', `A reminder has at most ${WORDS} characters; this has ${words.length}.`)
    const at = await chosen(tx, fields, 'remind')
    await remindIn(ctx, tx, { ticketId, at, words }, by)
    return doneCard(ticketId, 'Reminder set', `You get a mail ${clockTime(at)}, and it stands on top of your queue.`)
  })

/** The day and hour that were chosen, by the clocks of the workspace. */
async function chosen(tx: Tx, fields: Fields, name: 'snooze' | 'remind'): Promise<Date> {
  const date = fields[`${name}.day`]?.[0] ?? ''
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new DeskError('invalid_request', 'Choose a day.')
  const hour = Number(fields[`${name}.hour`]?.[0] ?? '9')
  return instantIn(await zoneOf(tx), date, hour * 60)
}
