import { copyOf, flag, memberOf, text } from '../realm/parameter.ts'
import { chain, serviceClass, set } from '../realm/service-class.ts'
import { action, clickMethods } from './action.ts'
import { imageButton, textButton } from './buttons.ts'
import { Icon, SwitchControlType } from './enums.ts'
import { iconImage } from './icons.ts'
import type { DecoratedText, Image, SwitchControl, TextParagraph } from './json.ts'

export const textParagraph = serviceClass<TextParagraph>('CardService.TextParagraph', { setText: set('text', text) })

export const image = serviceClass<Image>('CardService.Image', {
  ...clickMethods<Image>(),
  setImageUrl: set('imageUrl', text),
  setAltText: set('altText', text),
})

export const divider = serviceClass<Record<never, never>>('CardService.Divider', {})

export const switchControl = serviceClass<SwitchControl>('CardService.Switch', {
  setFieldName: set('name', text),
  setValue: set('value', text),
  setSelected: set('selected', flag),
  setControlType: set('controlType', memberOf(SwitchControlType)),
  setOnChangeAction: set('onChangeAction', copyOf(action)),
})

export const decoratedText = serviceClass<DecoratedText>('CardService.DecoratedText', {
  ...clickMethods<DecoratedText>(),
  setText: set('text', text),
  setTopLabel: set('topLabel', text),
  setBottomLabel: set('bottomLabel', text),
  setWrapText: set('wrapText', flag),
  setStartIcon: set('startIcon', copyOf(iconImage)),
  setEndIcon: set('endIcon', copyOf(iconImage)),
  setButton: set('button', copyOf(textButton, imageButton)),
  setSwitchControl: set('switchControl', copyOf(switchControl)),
  setIcon: chain([memberOf(Icon)], (state, knownIcon) => {
    state.startIcon = { ...state.startIcon, knownIcon }
  }),
  setIconUrl: chain([text], (state, iconUrl) => {
    state.startIcon = { ...state.startIcon, iconUrl }
  }),
  setIconAltText: chain([text], (state, altText) => {
    state.startIcon = { ...state.startIcon, altText }
  }),
})
