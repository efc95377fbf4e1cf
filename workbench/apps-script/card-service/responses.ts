import { gmailDraft } from '../gmail-app/draft.ts'
import type { CreatedDraft } from '../gmail-app/mail.ts'
import { copyOf, flag, listOf, memberOf, text } from '../realm/parameter.ts'
import { ScriptError } from '../realm/script-error.ts'
import { answer, chain, type Method, type ServiceClass, serviceClass, set } from '../realm/service-class.ts'
import { openLink } from './action.ts'
import { card } from './card.ts'
import { ContentType, UpdateDraftBodyType } from './enums.ts'
import { suggestions } from './inputs.ts'
import type { Card, OpenLink, Suggestions } from './json.ts'
import type { ActionResponse, DraftUpdate, NavigationStep, Recipients, UniversalResponse } from './response-json.ts'

const printJson = answer([], (state: unknown) => JSON.stringify(state))

/** build() of a builder whose result has no method but printJson. */
const builds = <S>(built: ServiceClass<S>): Method<S> => ({
  parameters: [],
  chains: false,
  run: (state, _args, realm) => realm.make(built, structuredClone(state)),
})

const step = (add: (made: Card) => NavigationStep) =>
  chain([copyOf(card)], (state: NavigationStep[], made) => {
    state.push(add(made))
  })

export const navigation = serviceClass<NavigationStep[]>('CardService.Navigation', {
  pushCard: step((pushCard) => ({ pushCard })),
  updateCard: step((updateCard) => ({ updateCard })),
  popCard: chain([], (state) => {
    state.push({ pop: true })
  }),
  popToRoot: chain([], (state) => {
    state.push({ popToRoot: true })
  }),
  popToNamedCard: chain([text], (state, popToCard) => {
    state.push({ popToCard })
  }),
  printJson,
})

export const notification = serviceClass<{ text?: string }>('CardService.Notification', { setText: set('text', text) })

export const actionResponse = serviceClass<ActionResponse>('CardService.ActionResponse', { printJson })
export const actionResponseBuilder = serviceClass<ActionResponse>('CardService.ActionResponseBuilder', {
  setNavigation: set('navigations', copyOf(navigation)),
  setNotification: set('notification', copyOf(notification)),
  setOpenLink: set('link', copyOf(openLink)),
  setStateChanged: set('stateChanged', flag),
  build: builds(actionResponse),
})

export const suggestionsResponse = serviceClass<{ suggestions?: Suggestions }>('CardService.SuggestionsResponse', {
  printJson,
})
export const suggestionsResponseBuilder = serviceClass<{ suggestions?: Suggestions }>(
  'CardService.SuggestionsResponseBuilder',
  { setSuggestions: set('suggestions', copyOf(suggestions)), build: builds(suggestionsResponse) },
)

export const universalActionResponse = serviceClass<UniversalResponse>('CardService.UniversalActionResponse', {
  printJson,
})
export const universalActionResponseBuilder = serviceClass<UniversalResponse>(
  'CardService.UniversalActionResponseBuilder',
  {
    displayAddOnCards: set('cards', listOf(copyOf(card))),
    setOpenLink: set('link', copyOf<OpenLink>(openLink)),
    build: builds(universalActionResponse),
  },
)

export const composeActionResponse = serviceClass<{ draft?: CreatedDraft }>('CardService.ComposeActionResponse', {
  printJson,
})
export const composeActionResponseBuilder = serviceClass<{ draft?: CreatedDraft }>(
  'CardService.ComposeActionResponseBuilder',
  { setGmailDraft: set('draft', copyOf(gmailDraft)), build: builds(composeActionResponse) },
)

const recipients = (kind: string, method: string) =>
  serviceClass<Recipients>(`CardService.UpdateDraft${kind}RecipientsAction`, {
    [method]: chain([listOf(text)], (state, addresses) => {
      state.recipients.push(...addresses)
    }),
  })

export const toRecipients = recipients('To', 'addUpdateToRecipients')
export const ccRecipients = recipients('Cc', 'addUpdateCcRecipients')
export const bccRecipients = recipients('Bcc', 'addUpdateBccRecipients')
export const draftSubject = serviceClass<{ subject?: string }>('CardService.UpdateDraftSubjectAction', {
  addUpdateSubject: set('subject', text),
})
export const draftBody = serviceClass<NonNullable<DraftUpdate['body']>>('CardService.UpdateDraftBodyAction', {
  addUpdateContent: chain([text, memberOf(ContentType)], (state, content, contentType) => {
    state.insertContents.push({ content, contentType })
  }),
  setUpdateType: set('type', memberOf(UpdateDraftBodyType)),
})

export const updateDraftResponse = serviceClass<DraftUpdate>('CardService.UpdateDraftActionResponse', { printJson })
export const updateDraftResponseBuilder = serviceClass<DraftUpdate>('CardService.UpdateDraftActionResponseBuilder', {
  setUpdateDraftToRecipientsAction: set('to', copyOf(toRecipients)),
  setUpdateDraftCcRecipientsAction: set('cc', copyOf(ccRecipients)),
  setUpdateDraftBccRecipientsAction: set('bcc', copyOf(bccRecipients)),
  setUpdateDraftSubjectAction: set('subject', copyOf(draftSubject)),
  setUpdateDraftBodyAction: set('body', copyOf(draftBody)),
  build: builds(updateDraftResponse),
})

export const fileScopeResponse = serviceClass<{ asks?: boolean }>('CardService.EditorFileScopeActionResponse', {
  printJson,
})
export const fileScopeResponseBuilder = serviceClass<{ asks?: boolean }>(
  'CardService.EditorFileScopeActionResponseBuilder',
  {
    requestFileScopeForActiveDocument: chain([], (state) => {
      state.asks = true
    }),
    build: builds(fileScopeResponse),
  },
)

type Prompt = { authorizationUrl?: string; resource?: string; callback?: string }

export const authorizationException = serviceClass<Prompt>('CardService.AuthorizationException', {
  setAuthorizationUrl: set('authorizationUrl', text),
  setResourceDisplayName: set('resource', text),
  setCustomUiCallback: set('callback', text),
  printJson,
  throwException: answer([], (state) => {
    throw new ScriptError('AuthorizationException', { authorization: structuredClone(state) })
  }),
})
