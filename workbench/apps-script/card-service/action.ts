import { copyOf, flag, memberOf, text, textMap } from '../realm/parameter.ts'
import { chain, type Method, serviceClass, set } from '../realm/service-class.ts'
import { ComposedEmailType, LoadIndicator, OnClose, OpenAs } from './enums.ts'
import type { Action, ComposedDraftType, OnClick, OpenLink } from './json.ts'

const functionName = chain([text], (state: Action, name) => {
  state.function = name
})

export const action = serviceClass<Action>('CardService.Action', {
  setFunctionName: functionName,
  setMethodName: functionName,
  setParameters: chain([textMap], (state, parameters) => {
    state.parameters = Object.entries(parameters).map(([key, value]) => ({ key, value }))
  }),
  setLoadIndicator: set('loadIndicator', memberOf(LoadIndicator)),
  setPersistValues: set('persistValues', flag),
  addRequiredWidget: chain([text], (state, field) => {
    state.requiredWidgets = [...(state.requiredWidgets ?? []), field]
  }),
  setAllWidgetsAreRequired: set('allWidgetsAreRequired', flag),
})

export const openLink = serviceClass<OpenLink>('CardService.OpenLink', {
  setUrl: chain([text], (state, url) => {
    state.url = url.replace(/^http:\/\//i, 'https://') // documented: an http link is opened as https
  }),
  setOpenAs: set('openAs', memberOf(OpenAs)),
  setOnClose: set('onClose', memberOf(OnClose)),
})

export const authorizationAction = serviceClass<{ url?: string }>('CardService.AuthorizationAction', {
  setAuthorizationUrl: set('url', text),
})

type Clickable = { onClick?: OnClick }

/** The click methods every clickable object has. Two of them on one object are found when the card is built. */
export function clickMethods<S extends Clickable>(): Record<string, Method<S>> {
  const on = (state: S, handler: OnClick) => {
    state.onClick = { ...state.onClick, ...handler }
  }
  return {
    setOnClickAction: chain([copyOf(action)], (state: S, click) => on(state, { action: click })),
    setOnClickOpenLinkAction: chain([copyOf(action)], (state: S, click) => on(state, { openDynamicLinkAction: click })),
    setOpenLink: chain([copyOf(openLink)], (state: S, link) => on(state, { openLink: link })),
    setAuthorizationAction: chain([copyOf(authorizationAction)], (state: S, { url }) =>
      on(state, { openLink: { ...(url && { url }), openAs: 'OVERLAY', onClose: 'RELOAD' } }),
    ),
    setComposeAction: chain([copyOf(action), memberOf(ComposedEmailType)], (state: S, click, draft) =>
      on(state, { action: click, composedDraftType: draft as ComposedDraftType }),
    ),
  }
}
