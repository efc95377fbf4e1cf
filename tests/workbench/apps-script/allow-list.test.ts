import { expect, test } from '@jest/globals'
import { isAllowed } from '../../../workbench/apps-script/allow-list.ts'

test.each(['/foo', '/foo/', '/foo/bar', '/foo?bar', '/foo#bar'])('the prefix /foo matches %s', (path) => {
  expect(isAllowed(`https://h.example${path}`, ['https://h.example/foo'])).toBe(true)
})

test.each([
  ['a longer word', 'https://h.example/foobar', 'https://h.example/foo'],
  ['another case of the path', 'https://h.example/Foo', 'https://h.example/foo'],
  ['another host', 'https://i.example/foo', 'https://h.example/foo'],
  ['another port', 'https://h.example:8443/foo', 'https://h.example/foo'],
  ['http', 'http://h.example/foo', 'https://h.example/foo'],
  ['a host that only starts alike', 'https://h.example.evil.example/', 'https://h.example/'],
  ['a user name that looks like the host', 'https://h.example@evil.example/', 'https://h.example/'],
  ['a path that climbs out', 'https://h.example/foo/../bar', 'https://h.example/foo'],
  ['a prefix without a path', 'https://h.example/foo', 'https://h.example'],
  ['a wildcard without a sub-domain', 'https://h.example/', 'https://*.h.example/'],
  ['a wildcard inside', 'https://a.h.example/', 'https://a.*.example/'],
  ['a bare wildcard', 'https://h.example/', '*'],
  ['no URL at all', 'nonsense', 'https://h.example/'],
])('%s does not match', (_what, url, prefix) => {
  expect(isAllowed(url, [prefix])).toBe(false)
})

test('a leading wildcard needs at least one sub-domain and takes several', () => {
  expect(isAllowed('https://a.h.example/x', ['https://*.h.example/'])).toBe(true)
  expect(isAllowed('https://a.b.h.example/x', ['https://*.h.example/'])).toBe(true)
})

test('a bare wildcard counts where links are opened', () => {
  expect(isAllowed('https://h.example/', ['*'], { bareStar: true })).toBe(true)
})
