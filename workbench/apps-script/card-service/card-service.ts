import type { Enumeration } from '../realm/enumeration.ts'
import type { Realm } from '../realm/realm.ts'
import { creates, type Method, type ServiceClass, serviceClass } from '../realm/service-class.ts'
import * as actions from './action.ts'
import * as buttons from './buttons.ts'
import * as cards from './card.ts'
import * as enums from './enums.ts'
import * as grids from './grid.ts'
import * as icons from './icons.ts'
import * as inputs from './inputs.ts'
import * as responses from './responses.ts'
import { cardSection } from './section.ts'
import * as texts from './text-and-images.ts'

/** CardService as a script of an add-on sees it: what is preview, Chat-only or unknown to the side panel is not there. */
export function cardService(realm: Realm): object {
  const made = realm.make(cardServiceClass, {})
  for (const [name, enumeration] of Object.entries(enums) as [string, Enumeration][]) {
    Object.defineProperty(made, name, { value: realm.enumerate(enumeration), enumerable: true })
  }
  return made
}

const empty = <S extends object>(made: ServiceClass<S>): Method<unknown> => creates(made, () => ({}) as S)

const cardServiceClass = serviceClass<unknown>('CardService', {
  newAction: empty(actions.action),
  newActionResponseBuilder: empty(responses.actionResponseBuilder),
  newAuthorizationAction: empty(actions.authorizationAction),
  newAuthorizationException: empty(responses.authorizationException),
  newBorderStyle: empty(grids.borderStyle),
  newButtonSet: empty(buttons.buttonSet),
  newCardAction: empty(cards.cardAction),
  newCardBuilder: empty(cards.cardBuilder),
  newCardHeader: empty(cards.cardHeader),
  newCardSection: empty(cardSection),
  newComposeActionResponseBuilder: empty(responses.composeActionResponseBuilder),
  newDatePicker: empty(inputs.datePicker),
  newDateTimePicker: empty(inputs.dateTimePicker),
  newDecoratedText: empty(texts.decoratedText),
  newDivider: empty(texts.divider),
  newEditorFileScopeActionResponseBuilder: empty(responses.fileScopeResponseBuilder),
  newFixedFooter: empty(cards.fixedFooter),
  newGrid: empty(grids.grid),
  newGridItem: empty(grids.gridItem),
  newIconImage: empty(icons.iconImage),
  newImage: empty(texts.image),
  newImageButton: empty(buttons.imageButton),
  newImageComponent: empty(grids.imageComponent),
  newImageCropStyle: empty(grids.imageCropStyle),
  newMaterialIcon: empty(icons.materialIcon),
  newNavigation: creates(responses.navigation, () => []),
  newNotification: empty(responses.notification),
  newOpenLink: empty(actions.openLink),
  newSelectionInput: empty(inputs.selectionInput),
  newSuggestions: empty(inputs.suggestions),
  newSuggestionsResponseBuilder: empty(responses.suggestionsResponseBuilder),
  newSwitch: empty(texts.switchControl),
  newTextButton: empty(buttons.textButton),
  newTextInput: empty(inputs.textInput),
  newTextParagraph: empty(texts.textParagraph),
  newTimePicker: empty(inputs.timePicker),
  newUniversalActionResponseBuilder: empty(responses.universalActionResponseBuilder),
  newUpdateDraftActionResponseBuilder: empty(responses.updateDraftResponseBuilder),
  newUpdateDraftBccRecipientsAction: creates(responses.bccRecipients, () => ({ recipients: [] })),
  newUpdateDraftBodyAction: creates(responses.draftBody, () => ({ insertContents: [] })),
  newUpdateDraftCcRecipientsAction: creates(responses.ccRecipients, () => ({ recipients: [] })),
  newUpdateDraftSubjectAction: empty(responses.draftSubject),
  newUpdateDraftToRecipientsAction: creates(responses.toRecipients, () => ({ recipients: [] })),
  newValidation: empty(inputs.validation),
})
