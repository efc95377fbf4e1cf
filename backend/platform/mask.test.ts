import { expect, test } from '@jest/globals'
import { maskTexts } from './mask.ts'

const mask = (text: string) => text.replaceAll('secret', '…')

test('texts are masked wherever they lie, and nothing else changes', () => {
  expect(
    maskTexts(mask, { subject: 'my secret', messages: [{ text: 'secret!', at: null, size: 3, seen: true }], none: [] }),
  ).toEqual({ subject: 'my …', messages: [{ text: '…!', at: null, size: 3, seen: true }], none: [] })
})

test('what only machines read stays as it is, as a whole', () => {
  const view = { next: 'secret.mac', url: 'https://desk.example/secret', key: 'secret' }
  expect(maskTexts(mask, view)).toEqual(view)
})

test('a name that machines read by hides no text below it', () => {
  expect(maskTexts(mask, { key: { words: 'secret' } })).toEqual({ key: { words: '…' } })
})
