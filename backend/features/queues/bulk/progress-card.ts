import type { BulkAct, BulkActTicket } from '../../../../shared/bulk-acts.ts'
import type { PanelCard, PanelPress, PanelWidget } from '../../../../shared/panel.ts'
import { button, buttons, clockTime, fact, plain, present, remark, section } from '../../../platform/panel.ts'

/** How far an act on many tickets is, what it could not do, and the way back. */
export const progressCard = (act: BulkAct, named: readonly BulkActTicket[], mayUndo: boolean): PanelCard => ({
  title: act.words,
  subtitle: `${act.by} · ${act.total.toLocaleString('en')} ${act.total === 1 ? 'ticket' : 'tickets'}`,
  sections: present(
    section(null, plain(stateWords(act)), buttons(...undoButtons(act, mayUndo), button('Refresh', look(act.id)))),
    section(null, act.undoUntil ? remark(`It can be taken back until ${clockTime(new Date(act.undoUntil))}.`) : null),
    section(
      act.counts.left > 0 ? 'Left as they are' : 'Not done',
      ...named.map(namedWidget),
      moreThan(act) > named.length ? remark(`and ${moreThan(act) - named.length} more`) : null,
    ),
  ),
  say: null,
})

const moreThan = ({ counts }: BulkAct) => counts.failed + counts.left

const namedWidget = ({ ticketId, number, reason }: BulkActTicket): PanelWidget =>
  fact(number, reason ?? '', null, { kind: 'open', ticketId })

const look = (id: string): PanelPress => ({
  kind: 'call',
  method: 'GET',
  path: `/v1/bulk-acts/${id}/card`,
  key: null,
  lay: 'update',
})

const undoButtons = ({ id, undoUntil }: BulkAct, mayUndo: boolean) =>
  undoUntil === null || !mayUndo
    ? []
    : [
        button('Undo', {
          kind: 'call',
          method: 'POST',
          path: `/v1/bulk-acts/${id}/card/undoing`,
          key: `undo-bulk-${id}`, // however often it is pressed, it is taken back once
          lay: 'update',
        }),
      ]

function stateWords({ state, total, counts }: BulkAct): string {
  const { planned, done, unchanged, failed, undone, left } = counts
  if (state === 'running') return `At work: ${total - planned} of ${total} done so far.`
  if (state === 'undoing') return `Being taken back: ${undone + left} of ${undone + left + done} so far.`
  const parts =
    state === 'done'
      ? [
          `${done} changed`,
          unchanged > 0 && `${unchanged} ${unchanged === 1 ? 'was' : 'were'} so already`,
          failed > 0 && `${failed} could not be changed`,
        ]
      : [
          `${undone} ${undone === 1 ? 'is as it was' : 'are as they were'}`,
          left > 0 &&
            `${left} ${left === 1 ? 'was' : 'were'} changed by somebody since and ${left === 1 ? 'stays' : 'stay'}`,
        ]
  return `${parts.filter(Boolean).join(', ')}.`
}
