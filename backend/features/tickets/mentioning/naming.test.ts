import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { namedIn } from './naming.ts'

const person = (name: string, email: string, left = false) => ({ id: email, name, email, left })
const STAFF = [
  person('Sam Berg', 'sam.berg@fern.example'),
  person('Sam Lund', 'lund@fern.example'),
  person('Nora Ní Bhriain', 'nora@fern.example'),
  person('Max Holm', 'max@fern.example', true),
  person('Zoë', 'zoe@fern.example'),
]
const named = (text: string) => {
  const { people, problems } = namedIn(text, STAFF)
  return [people.map(({ email }) => email.split('@')[0]), problems]
}

test.each([
  ['@nora look', ['nora']],
  ['Hi (@Nora), @LUND: please', ['nora', 'lund']],
  ['@Sam Berg please', ['sam.berg']],
  ['@sam  lund.', ['lund']],
  ['@sam.berg and @sam.berg', ['sam.berg']],
  ['@nora ni bhriain', ['nora']],
  ['@zoe!', ['zoe']],
  ['@zoe@fern.example', ['zoe']],
  ['write to ada@fern.example or nora@fern.example', []],
  ['at 5 @ home', []],
])('«%s» names %j', (text, people) => {
  expect(named(text)).toEqual([people, []])
})

test('a name of two, a name of nobody and a name of who left are told; nobody else is forgotten for it', () => {
  expect(named('@sam and @nora')).toEqual([['nora'], [expect.stringMatching(/@sam could be Sam Berg .* or Sam Lund/)]])
  expect(named('@noran, @bob@x.example')).toEqual([
    [],
    ['Nobody here is called @noran.', 'Nobody here is called @bob@x.example.'],
  ])
  expect(named('@max @zoe')).toEqual([['zoe'], ['Max Holm has left the desk and was not told.']])
})

test('who is there goes before who left with the same name', () => {
  const { people, problems } = namedIn('@max', [...STAFF, person('Max Ravn', 'ravn@fern.example')])
  expect(people.map(({ name }) => name)).toEqual(['Max Ravn'])
  expect(problems).toEqual([])
})

test('any text is read, and names only who is on the staff', () => {
  const piece = fc.oneof(fc.constantFrom('@', '@sam', '@nora', ' ', 'max', '(', '\n'), fc.string({ maxLength: 8 }))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
      const { people } = namedIn(pieces.join(''), STAFF)
      for (const one of people) expect(STAFF).toContain(one)
    }),
  )
})
