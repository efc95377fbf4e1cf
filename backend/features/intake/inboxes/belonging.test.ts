import { expect, test } from '@jest/globals'
import { belongingOf, type Signs } from './belonging.ts'

const own = { shared: new Set(['support@fern.example']), domains: new Set(['fern.example']) }
const kindOf = (signs: Signs) => belongingOf(signs, own).kind

test.each<[string, Signs]>([
  ['to the shared address', { from: ['ada@home.example'], to: ['Fern <Support@fern.example>'] }],
  ['to an address that we signed', { from: ['ada@home.example'], to: ['support+tkt-1.abc@fern.example'] }],
  ['a copy of it', { from: ['ada@home.example'], to: ['x@home.example'], cc: ['a@b.example, support@fern.example'] }],
  ['sent as the shared address', { from: ['"Fern, Fig" <support@fern.example>'], to: ['ada@home.example'] }],
  ['through the group', { from: ['ada@home.example'], to: ['x@home.example'], 'list-id': ['<support.fern.example>'] }],
])('a mail %s is the desk’s', (_name, signs) => {
  expect(kindOf(signs)).toBe('desk')
})

test.each<[string, Signs]>([
  ['colleagues among themselves', { from: ['nora@fern.example'], to: ['sam@fern.example'], references: ['<known@x>'] }],
  ['nobody at all', {}],
])('%s are not', (_name, signs) => {
  expect(kindOf(signs)).toBe('private')
})

test('a name that looks like the shared address is no address', () => {
  expect(kindOf({ from: ['"support@fern.example" <thief@elsewhere.example>'], to: ['nora@fern.example'] })).toBe(
    'maybe',
  )
})

test('of all other mail only the ids of the conversation are looked at', () => {
  const found = belongingOf(
    {
      from: ['ada@home.example'],
      to: ['nora@fern.example'],
      'in-reply-to': ['<a@x.example>'],
      references: ['<a@x.example> <b@x.example>'],
    },
    own,
  )
  expect(found).toMatchObject({ kind: 'maybe' })
  expect(found.kind === 'maybe' && found.keys).toHaveLength(2)
})
