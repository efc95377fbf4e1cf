import { copyOf, flag, memberOf, text } from '../realm/parameter.ts'
import { chain, serviceClass, set } from '../realm/service-class.ts'
import { clickMethods } from './action.ts'
import { color } from './color.ts'
import { Icon, TextButtonStyle } from './enums.ts'
import { materialIcon } from './icons.ts'
import type { Button, ButtonList } from './json.ts'

export const textButton = serviceClass<Button>('CardService.TextButton', {
  ...clickMethods<Button>(),
  setText: set('text', text),
  setTextButtonStyle: set('type', memberOf(TextButtonStyle)),
  setBackgroundColor: chain([text], (state, hex) => {
    state.color = color(hex)
  }),
  setDisabled: set('disabled', flag),
  setAltText: set('altText', text),
})

export const imageButton = serviceClass<Button>('CardService.ImageButton', {
  ...clickMethods<Button>(),
  setIcon: chain([memberOf(Icon)], (state, knownIcon) => {
    state.icon = { knownIcon }
  }),
  setIconUrl: chain([text], (state, iconUrl) => {
    state.icon = { iconUrl }
  }),
  setMaterialIcon: chain([copyOf(materialIcon)], (state, icon) => {
    state.icon = { materialIcon: icon }
  }),
  setAltText: set('altText', text),
})

export const buttonSet = serviceClass<ButtonList>('CardService.ButtonSet', {
  addButton: chain([copyOf(textButton, imageButton)], (state, button) => {
    state.buttons = [...(state.buttons ?? []), button]
  }),
})
