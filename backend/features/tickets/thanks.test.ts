import { expect, test } from '@jest/globals'
import { isOnlyThanks } from './thanks.ts'

test.each([
  'Thanks!',
  'Thank you so much for your quick help 🙂',
  'Perfect, thanks. Ada Lovell',
  'Great, it arrived. Thank you very much!',
  'Vielen Dank für die schnelle Hilfe! Liebe Grüße, Jörg',
  'Super, danke euch!',
  'Merci beaucoup pour votre aide',
  'Muchas gracias por todo',
  'Grazie mille!',
  'Hartelijk dank',
])('%s is thanks and nothing else', (text) => {
  expect(isOnlyThanks(text, ['Ada Lovell', 'Jörg Meier'])).toBe(true)
})

test.each([
  '',
  'Perfect!',
  'Thanks, when does it arrive?',
  'Thanks but it is still broken',
  'Thank you for nothing',
  'No thanks',
  'Thanks, please send it to my new address',
  'Danke, aber der Deckel fehlt',
  'Vielen Dank. Leider ist das Glas kaputt.',
  'Merci, mais je ne comprends pas',
  'Thanks for your help with order 1042',
  'Thank you, call me at ada@example.com',
  'Thanks. I did not get it',
  'Thanks, Cancel',
  'Danke. Storno',
  'Thanks, Jörg',
  `Thanks${' so much'.repeat(40)}`,
])('%s is to be answered like any other mail', (text) => {
  expect(isOnlyThanks(text, ['Ada Lovell'])).toBe(false)
})
