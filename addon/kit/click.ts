import type { ActionName, ActionParameters } from '../action-parameters.ts'

/** An action that a card may name, with exactly the parameters it takes. */
export type ActionOf = { [N in ActionName]: { action: N; parameters: ActionParameters[N] } }[ActionName]

/** These only lay something on top: what was typed into the card below stays there. Elsewhere the new card says what stays. */
const LAY_ON_TOP: readonly ActionName[] = [
  'openTicket',
  'showConversation',
  'showOrder',
  'openOrderSearch',
  'startAction',
  'draftFromPanel',
  'insertReport',
  'insertPack',
  'openPlaced',
]

/** Parameters travel through the client as text, and whoever holds it can change them: the backend decides anew. */
export function clickOn(
  { action, parameters }: ActionOf,
  required: readonly string[] = [],
): GoogleAppsScript.Card_Service.Action {
  const made = CardService.newAction()
    .setFunctionName('onAction')
    .setParameters({ ...parameters, action })
    .setPersistValues(LAY_ON_TOP.indexOf(action) >= 0 || ('lay' in parameters && parameters.lay === 'push'))
    .setLoadIndicator(CardService.LoadIndicator.SPINNER)
  for (const field of required) made.addRequiredWidget(field)
  return made
}
