import {
  anything,
  copyOf,
  either,
  flag,
  integer,
  listOf,
  memberOf,
  number,
  type Parameter,
  text,
} from '../realm/parameter.ts'
import { ScriptError } from '../realm/script-error.ts'
import { chain, type Method, serviceClass, set } from '../realm/service-class.ts'
import { action } from './action.ts'
import { InputType, SelectionInputType } from './enums.ts'
import type { DateTimePicker, SelectionInput, Suggestions, TextInput, Validation } from './json.ts'

export const validation = serviceClass<Validation>('CardService.Validation', {
  setCharacterLimit: set('characterLimit', integer),
  setInputType: set('inputType', memberOf(InputType)),
})

export const suggestions = serviceClass<Suggestions>('CardService.Suggestions', {
  addSuggestion: chain([text], (state, item) => {
    state.items = [...(state.items ?? []), { text: item }]
  }),
  addSuggestions: chain([listOf(text)], (state, items) => {
    state.items = [...(state.items ?? []), ...items.map((item) => ({ text: item }))]
  }),
})

export const textInput = serviceClass<TextInput>('CardService.TextInput', {
  setFieldName: set('name', text),
  setTitle: set('label', text),
  setHint: set('hintText', text),
  setValue: set('value', text),
  setMultiline: chain([flag], (state, multiline) => {
    state.type = multiline ? 'MULTIPLE_LINE' : 'SINGLE_LINE'
  }),
  setOnChangeAction: set('onChangeAction', copyOf(action)),
  setSuggestions: set('initialSuggestions', copyOf(suggestions)),
  setSuggestionsAction: set('autoCompleteAction', copyOf(action)),
  setValidation: set('validation', copyOf(validation)),
})

/** addItem is declared for any text and value; Google turns numbers and booleans into strings. */
const itemText: Parameter<string> = {
  optional: false,
  read: (value, realm) =>
    typeof value === 'number' || typeof value === 'boolean' ? String(value) : text.read(value, realm),
}

export const selectionInput = serviceClass<SelectionInput>('CardService.SelectionInput', {
  setType: set('type', memberOf(SelectionInputType)),
  setFieldName: set('name', text),
  setTitle: set('label', text),
  addItem: chain([itemText, itemText, flag], (state, label, value, selected) => {
    state.items = [...(state.items ?? []), { text: label, value, selected }]
  }),
  addMultiSelectItem: chain(
    [text, text, flag, text, text],
    (state, label, value, selected, startIconUri, bottomText) => {
      state.items = [...(state.items ?? []), { text: label, value, selected, startIconUri, bottomText }]
    },
  ),
  setMultiSelectMaxSelectedItems: set('multiSelectMaxSelectedItems', integer),
  setMultiSelectMinQueryLength: set('multiSelectMinQueryLength', integer),
  setExternalDataSource: chain([anything], () => {
    throw new ScriptError('SelectionInput.setExternalDataSource is available in Google Chat apps only.')
  }),
  setOnChangeAction: set('onChangeAction', copyOf(action)),
})

const picker: Record<string, Method<DateTimePicker>> = {
  setFieldName: set('name', text),
  setTitle: set('label', text),
  setOnChangeAction: set('onChangeAction', copyOf(action)),
}

const epoch: Method<DateTimePicker> = chain([either(number, text)], (state, milliseconds) => {
  if (!/^-?\d+$/.test(String(milliseconds))) throw new ScriptError(`Invalid argument: ${milliseconds}`)
  state.valueMsEpoch = String(milliseconds)
})

export const datePicker = serviceClass<DateTimePicker>('CardService.DatePicker', {
  ...picker,
  setValueInMsSinceEpoch: epoch,
})

export const dateTimePicker = serviceClass<DateTimePicker>('CardService.DateTimePicker', {
  ...picker,
  setValueInMsSinceEpoch: epoch,
  setTimeZoneOffsetInMins: set('timezoneOffsetDate', integer),
})

const HOUR = 3_600_000
const MINUTE = 60_000

/** The card JSON of a time is milliseconds since midnight, so hours and minutes are added up. */
export const timePicker = serviceClass<DateTimePicker>('CardService.TimePicker', {
  ...picker,
  setHours: chain([integer], (state, hours) => {
    if (hours < 0 || hours > 23) throw new ScriptError(`Invalid argument: ${hours}`)
    state.valueMsEpoch = String(hours * HOUR + (Number(state.valueMsEpoch ?? 0) % HOUR))
  }),
  setMinutes: chain([integer], (state, minutes) => {
    if (minutes < 0 || minutes > 59) throw new ScriptError(`Invalid argument: ${minutes}`)
    const before = Number(state.valueMsEpoch ?? 0)
    state.valueMsEpoch = String(before - (before % HOUR) + minutes * MINUTE)
  }),
})
