import { copyOf, memberOf, text } from '../realm/parameter.ts'
import { answer, chain, type Method, serviceClass, set } from '../realm/service-class.ts'
import { clickMethods } from './action.ts'
import { textButton } from './buttons.ts'
import { DisplayStyle, ImageStyle } from './enums.ts'
import type { Card, CardAction, CardFixedFooter, CardHeader } from './json.ts'
import { cardSection } from './section.ts'
import { refuseInvalidCard } from './validity.ts'

export const cardHeader = serviceClass<CardHeader>('CardService.CardHeader', {
  setTitle: set('title', text),
  setSubtitle: set('subtitle', text),
  setImageUrl: set('imageUrl', text),
  setImageStyle: set('imageType', memberOf(ImageStyle)),
  setImageAltText: set('imageAltText', text),
})

export const cardAction = serviceClass<CardAction>('CardService.CardAction', {
  ...clickMethods<CardAction>(),
  setText: set('actionLabel', text),
})

export const fixedFooter = serviceClass<CardFixedFooter>('CardService.FixedFooter', {
  setPrimaryButton: set('primaryButton', copyOf(textButton)),
  setSecondaryButton: set('secondaryButton', copyOf(textButton)),
})

export const card = serviceClass<Card>('CardService.Card', { printJson: answer([], (state) => JSON.stringify(state)) })

const build: Method<Card> = {
  parameters: [],
  chains: false,
  run: (state, _args, realm) => {
    refuseInvalidCard(state)
    return realm.make(card, structuredClone(state))
  },
}

export const cardBuilder = serviceClass<Card>('CardService.CardBuilder', {
  addSection: chain([copyOf(cardSection)], (state, section) => {
    state.sections = [...(state.sections ?? []), section]
  }),
  addCardAction: chain([copyOf(cardAction)], (state, added) => {
    state.cardActions = [...(state.cardActions ?? []), added]
  }),
  setHeader: set('header', copyOf(cardHeader)),
  setName: set('name', text),
  setFixedFooter: set('fixedFooter', copyOf(fixedFooter)),
  setDisplayStyle: set('displayStyle', memberOf(DisplayStyle)),
  setPeekCardHeader: set('peekCardHeader', copyOf(cardHeader)),
  build,
})
