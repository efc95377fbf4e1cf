import { flag, integer, mismatch, type Parameter, text } from '../realm/parameter.ts'
import { chain, type ServiceClass, serviceClass, set } from '../realm/service-class.ts'
import { buttonSet, imageButton, textButton } from './buttons.ts'
import { grid } from './grid.ts'
import { datePicker, dateTimePicker, selectionInput, textInput, timePicker } from './inputs.ts'
import type { Section, Widget } from './json.ts'
import { decoratedText, divider, image, textParagraph } from './text-and-images.ts'

const wrap = new Map<ServiceClass<never>, (state: object) => Widget>([
  [textParagraph, (state) => ({ textParagraph: state })],
  [image, (state) => ({ image: state })],
  [decoratedText, (state) => ({ decoratedText: state })],
  [divider, () => ({ divider: {} })],
  [buttonSet, (state) => ({ buttonList: state })],
  [textButton, (state) => ({ buttonList: { buttons: [state] } })],
  [imageButton, (state) => ({ buttonList: { buttons: [state] } })],
  [textInput, (state) => ({ textInput: state })],
  [selectionInput, (state) => ({ selectionInput: state })],
  [datePicker, (state) => ({ dateTimePicker: { type: 'DATE_ONLY', ...state } })],
  [timePicker, (state) => ({ dateTimePicker: { type: 'TIME_ONLY', ...state } })],
  [dateTimePicker, (state) => ({ dateTimePicker: { type: 'DATE_AND_TIME', ...state } })],
  [grid, (state) => ({ grid: state })],
])

/** Any class that may stand in a section, as a copy under its name in the card JSON. */
const widget: Parameter<Widget> = {
  optional: false,
  read: (value, realm) => {
    const found = realm.find(value)
    const wrapped = found && wrap.get(found.class)
    return wrapped ? wrapped(structuredClone(found.state) as object) : mismatch
  },
}

export const cardSection = serviceClass<Section>('CardService.CardSection', {
  addWidget: chain([widget], (state, added) => {
    state.widgets = [...(state.widgets ?? []), added]
  }),
  setHeader: set('header', text),
  setCollapsible: set('collapsible', flag),
  setNumUncollapsibleWidgets: set('uncollapsibleWidgetsCount', integer),
})
