import type { ActionOf } from '../../kit/click.ts'
import { layOf } from '../panel/presses.ts'

/** Lays the progress of an action on top of one of our cards. @param ticketId the ticket that the card is of; empty elsewhere */
export const progressOf = (actionId: string, ticketId: string): ActionOf =>
  layOf('push', { method: 'GET', path: `/v1/combined-actions/${actionId}/card`, key: '', ticketId })

/** Takes an action back. The key is the action's: however often it is pressed, it is taken back once. */
export const undoOf = (actionId: string, ticketId: string): ActionOf =>
  layOf('push', { method: 'POST', path: `/v1/combined-actions/${actionId}/undoing`, key: `undo-${actionId}`, ticketId })
