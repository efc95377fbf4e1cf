import { expect, test } from '@jest/globals'
import { mayBeShown, servedAs, typeOf } from './content-type.ts'

const bytes = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex')
const PNG = bytes('89504e470d0a1a0a 0000000d 49484452 00000001 00000001 08060000 001f15c489')

test.each([
  ['a picture that says it is a page', PNG, 'text/html', 'image/png'],
  [
    'a program that says it is a picture',
    bytes('4d5a9000 03000000 04000000 ffff0000'),
    'image/png',
    'application/x-msdownload',
  ],
  [
    'a page that says it is a picture',
    Buffer.from('<!DOCTYPE html><script>alert(1)</script>'),
    'image/png',
    'text/html',
  ],
  [
    'a drawing with a script that says it is text',
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>'),
    'text/plain',
    'image/svg+xml',
  ],
  ['a table', Buffer.from('order;sum\n1;2\n'), 'text/csv', 'text/csv'],
  ['text that says it is a page', Buffer.from('Hello there'), 'text/html', 'text/plain'],
  ['bytes of no known kind', bytes('0001020304050607'), 'application/pdf', 'application/octet-stream'],
  ['nothing', Buffer.alloc(0), 'image/png', 'application/octet-stream'],
])('%s is told by its content', async (_name, head, declared, expected) => {
  expect(await typeOf(head, declared)).toBe(expected)
})

test('only pictures and plain text are shown in place', () => {
  for (const type of [
    'text/html',
    'image/svg+xml',
    'application/pdf',
    'application/xhtml+xml',
    'application/x-msdownload',
    'text/xml',
  ])
    expect(mayBeShown(type)).toBe(false)
  expect(mayBeShown('image/png')).toBe(true)
  expect(servedAs('text/html')).toBe('application/octet-stream')
  expect(servedAs('image/svg+xml')).toBe('application/octet-stream')
})
