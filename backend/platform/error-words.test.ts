import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { errorWords } from './error-words.ts'
import { DeskError } from './errors.ts'

const named = (name: string, message: string) => Object.assign(new Error(message), { name })

test.each([
  ['a database error', 'Key (email_key)=(ada@ada.example) exists', 'Key [value] exists'],
  ['a quoted value', 'Unexpected token, "Broken jar" is not valid JSON', 'Unexpected token, [value] is not valid JSON'],
  ['a value with quotes in it', `value "Ada's "best" jar" is too long`, 'value [value] is too long'],
  ['a value in single quotes', "the text 'Ada's jar' cannot be read", 'the text [value] cannot be read'],
  ['a quote that never closes', 'syntax error near "Dear desk, my jar', 'syntax error near [value]'],
  ['backticks', 'Message: `duplicate Ada Lovelace`', 'Message: [value]'],
  ['an address in the open', 'no such user ada@ada.example here', 'no such user [address] here'],
  ['an apostrophe of ours', "Can't reach the server", "Can't reach the server"],
])('%s says only what is nobody’s', (_, message, words) => {
  expect(errorWords(new Error(message))).toBe(words)
})

test('a quote that begins before the limit and ends after it is cut out', () => {
  const words = errorWords(new Error(`cannot store "${'Dear desk, '.repeat(1_000)}" in a column`))
  expect(words).toBe('cannot store [value]')
})

test('a refused call of Prisma gives its last line without the call’s arguments', () => {
  const message = `\nInvalid \`tx.customer.create()\` invocation in\n/desk.ts:1:1\n\n  data: { name: "Ada Lovelace" }\n\nArgument \`workspaceId\` is missing.`
  expect(errorWords(named('PrismaClientValidationError', message))).toBe('Argument [value] is missing.')
})

test('our own words stay as they are, but for addresses', () => {
  expect(errorWords(new DeskError('not_found', 'There is no "mine" view (yet) for nora@fern.example.'))).toBe(
    'There is no "mine" view (yet) for [address].',
  )
})

test('a megabyte without a single space is no work', () => {
  expect(errorWords(new Error('x'.repeat(1_000_000))).length).toBeLessThanOrEqual(300)
})

test('what a schema refuses is told by field and type', () => {
  const { error } = z.object({ workspaceId: z.uuid() }).safeParse({ workspaceId: 'Ada Lovelace' })
  expect(errorWords(error ?? new Error('was not refused'))).toBe('workspaceId: Invalid UUID')
})
