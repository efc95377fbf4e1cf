import { expect, test } from '@jest/globals'
import { frame } from './framing.ts'

test('without a layout a text stands alone, above the signature if there is one', () => {
  expect(frame('Hello.', { layout: '', html: '', signature: '' })).toEqual({ text: 'Hello.', html: null })
  expect(frame('Hello.', { layout: '', html: '', signature: 'Nora\nFern' }).text).toBe('Hello.\n\nNora\nFern')
})

test('a layout has its places, and what is written in a text never becomes markup', () => {
  const html = '<p>{text}</p><p class="by">{signature}</p>'
  const framed = frame('1 < 2\n{signature} $& $1', { layout: 'FERN\n\n{text}\n\n{signature}', html, signature: 'Nora' })
  expect(framed.text).toBe('FERN\n\n1 < 2\n{signature} $& $1\n\nNora')
  expect(framed.html).toBe('<p>1 &lt; 2<br>\n{signature} $&amp; $1</p><p class="by">Nora</p>')
})
