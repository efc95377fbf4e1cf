import type { PanelPress } from '../../../shared/panel.ts'
import type { ActionOf } from '../../kit/click.ts'
import { typedBelow } from './below.ts'

/** Where a press is drawn: see parameters.ts. */
export type PressScene = { filled: string; over: string }

type OfCard = Exclude<PanelPress, { kind: 'link' | 'draft' }>

/** The action of a press that is answered with a card. */
export function actionOf(press: OfCard, { filled, over }: PressScene): ActionOf {
  if (press.kind === 'ticket') return backTo(press.ticketId, over)
  if (press.kind === 'open') return { action: 'openTicket', parameters: { ticketId: press.ticketId } }
  if (press.kind === 'change') return changeOf(press)
  const { method, path, key, lay } = press
  return {
    action: 'pressPanel',
    parameters: { method, path, key: key || '', lay, filled, over: lay === 'update' ? over : '' },
  }
}

const changeOf = ({ method, path, key, body, takes, say }: Extract<PanelPress, { kind: 'change' }>): ActionOf => ({
  action: 'changeTicket',
  parameters: { method, path, key, body: JSON.stringify(body), takes: takes.join(' '), say },
})

function backTo(ticketId: string, over: string): ActionOf {
  const typed = typedBelow(over, ticketId)
  return {
    action: 'backToTicket',
    parameters: { ticketId, onTop: typed ? 'yes' : 'no', typed: JSON.stringify(typed || {}) },
  }
}

/** Lays the progress of an action on top of one of our cards. @param ticketId the ticket that the card is of; empty elsewhere */
export const progressOf = (actionId: string, ticketId: string): ActionOf => ({
  action: 'openPanel',
  parameters: { method: 'GET', path: `/v1/combined-actions/${actionId}/card`, key: '', ticketId },
})

/** Takes an action back. The key is the action's: however often it is pressed, it is taken back once. */
export const undoOf = (actionId: string, ticketId: string): ActionOf => ({
  action: 'openPanel',
  parameters: { method: 'POST', path: `/v1/combined-actions/${actionId}/undoing`, key: `undo-${actionId}`, ticketId },
})
