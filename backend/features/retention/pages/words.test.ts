import { expect, test } from '@jest/globals'
import { failureWords } from './words.ts'

const ID = '01890000-0000-7000-8000-000000000000'

test('what still names a customer leads to whoever may change it, and tells all others who may', () => {
  const failure = { id: ID, problem: 'named_in_rule' }
  expect(failureWords(failure, 'admin')).toMatchObject({ path: `/settings/rules/${ID}` })
  expect(failureWords(failure, 'supervisor')).toMatchObject({ path: null, advice: 'An admin changes it by hand.' })
  for (const [problem, path] of [
    ['named_in_mail_rule', '/settings/mail-rules/'],
    ['named_in_saved_reply', '/settings/replies/'],
    ['failed', '/desk/tickets/'],
  ] as const)
    expect(failureWords({ id: ID, problem }, 'supervisor').path).toBe(path + ID)
})
