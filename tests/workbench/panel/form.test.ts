import { expect, test } from '@jest/globals'
import { type Entered, problemsIn } from '../../../workbench/host/panel/form.ts'

const text = (value: string, more: Partial<Entered> = {}): Entered => ({
  name: 'note',
  requirable: true,
  value: value === '' ? undefined : { stringInputs: { value: [value] } },
  ...more,
})

test('a required widget without a value keeps the form back', () => {
  expect(problemsIn([text('')], { requiredWidgets: ['note'] })).toEqual({ note: 'This field is required' })
  expect(problemsIn([text('   ')], { requiredWidgets: ['note'] })).toEqual({ note: 'This field is required' })
  expect(problemsIn([text('x')], { requiredWidgets: ['note'] })).toEqual({})
  expect(problemsIn([text('')], { requiredWidgets: ['other'] })).toEqual({})
})

test('all widgets can be required at once', () => {
  expect(problemsIn([text('', { name: 'a' }), text('', { name: 'b' })], { allWidgetsAreRequired: true })).toEqual({
    a: 'This field is required',
    b: 'This field is required',
  })
})

test('boxes and switches cannot be required', () => {
  expect(problemsIn([text('', { requirable: false })], { allWidgetsAreRequired: true })).toEqual({})
})

test.each([
  ['INTEGER', '12', true],
  ['INTEGER', '1.5', false],
  ['FLOAT', '-1.5', true],
  ['FLOAT', 'one', false],
  ['EMAIL', 'ada@customer.example', true],
  ['EMAIL', 'ada', false],
  ['TEXT', 'anything', true],
])('an input of type %s with %s', (inputType, value, fits) => {
  expect(Object.keys(problemsIn([text(value, { inputType })], {})).length === 0).toBe(fits)
})

test('an empty input that is not required is fine whatever its type', () => {
  expect(problemsIn([text('', { inputType: 'EMAIL' })], {})).toEqual({})
})

test('a text over its limit keeps the form back', () => {
  expect(problemsIn([text('12345', { characterLimit: 4 })], {})).toEqual({ note: 'At most 4 characters' })
  expect(problemsIn([text('1234', { characterLimit: 4 })], {})).toEqual({})
})
