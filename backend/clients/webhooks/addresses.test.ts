import { expect, test } from '@jest/globals'
import { isPublicAddress, namesPrivateAddress } from './addresses.ts'

test.each(['1.1.1.1', '8.8.8.8', '172.15.0.1', '172.32.0.1', '223.255.255.255', '2606:4700::1111', '2a00:1450::1'])(
  '%s is on the internet',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.9.9.9',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '64:ff9b::a00:1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'ff02::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'no address',
])('%s is not', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['https://127.0.0.1/x', 'https://2130706433/', 'https://0x7f.1/', 'https://[::1]:8443/', 'https://10.0.0.1'])(
  '%s is an address of ours, however it is written',
  (url) => {
    expect(namesPrivateAddress(new URL(url))).toBe(true)
  },
)

test('a name is no address until it is looked up', () => {
  expect(namesPrivateAddress(new URL('https://localhost/'))).toBe(false)
  expect(namesPrivateAddress(new URL('https://1.1.1.1/'))).toBe(false)
})
