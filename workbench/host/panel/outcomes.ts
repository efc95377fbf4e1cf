import type { OpenLink } from '../../apps-script/card-service/json.ts'
import type { DraftMarkup, RenderActions } from '../../apps-script/card-service/response-json.ts'
import type { FormInputs } from '../../apps-script/event-objects.ts'
import type { Execution } from '../../apps-script/index.ts'
import { authorizationCards } from './google-cards.ts'
import { applyAnswer, fail, type PanelState, type Place, showOnTop, showRoot } from './panel-state.ts'

/** What the host is to do beside drawing the panel. */
export type Effects = {
  link?: OpenLink
  draft?: { draftId: string; threadId: string }
  draftUpdate?: DraftMarkup
}

/** The panel after a trigger ran: its cards are the root of their stack. */
export function afterTrigger(state: PanelState, place: Place, execution: Execution): PanelState {
  if (!execution.ok) return fail(state, place, execution.message)
  switch (execution.kind) {
    case 'card':
      return showRoot(state, place, [execution.json])
    case 'cards':
      return showRoot(state, place, execution.json)
    case 'authorization':
      return showRoot(state, place, authorizationCards(execution.json))
    default:
      return showRoot(state, place, [])
  }
}

/** The panel after a click, a compose action or a universal action ran. `kept` are the values that persist. */
export function afterAction(
  state: PanelState,
  execution: Execution,
  kept: FormInputs,
): { next: PanelState; effects: Effects } {
  if (!execution.ok) return { next: fail(state, state.place, execution.message), effects: {} }
  switch (execution.kind) {
    case 'action':
    case 'compose':
    case 'draft-update': {
      const { renderActions, stateChanged = false } = execution.json
      const next = applyAnswer(state, { ...renderActions.action, stateChanged }, kept)
      return { next, effects: effectsOf(execution.json) }
    }
    case 'universal': {
      const { cards, link } = execution.json
      return { next: showOnTop(state, cards), effects: link ? { link } : {} }
    }
    case 'authorization':
      return { next: showOnTop(state, authorizationCards(execution.json)), effects: {} }
    default:
      return { next: applyAnswer(state, {}, kept), effects: {} }
  }
}

function effectsOf({ renderActions: { action, hostAppAction } }: RenderActions): Effects {
  const gmail = hostAppAction && 'gmailAction' in hostAppAction ? hostAppAction.gmailAction : undefined
  const created = gmail && 'openCreatedDraftAction' in gmail ? gmail.openCreatedDraftAction : undefined
  return {
    ...(action.link && { link: action.link }),
    ...(created && { draft: { draftId: created.draftId, threadId: created.draftThreadId } }),
    ...(gmail && 'updateDraftActionMarkup' in gmail && { draftUpdate: gmail.updateDraftActionMarkup }),
  }
}
