import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import vm from 'node:vm'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { entryNames } from '../../toolchain/addon/manifest.ts'
import { type Addon, buildAddon, bundleOf, originOf } from '../../toolchain/build-addon.ts'
import { problemsOfScript, SERVICES } from './support/script-language.ts'

/** Apps Script reads the whole script for every click. */
const AIM = 85_000

const folder = mkdtempSync(join(tmpdir(), 'sidedesk-bundle-'))
let addon: Addon
beforeAll(async () => {
  addon = await buildAddon({ backendUrl: 'https://desk.honeyhill.example/', outDir: folder })
})
afterAll(() => rmSync(folder, { recursive: true }))

test('every function that the manifest or a card names is a function of the top level', () => {
  const context = vm.createContext({})
  vm.runInContext(addon.code, context)
  const names = entryNames(addon.manifest)
  expect(names).toEqual([
    'onAction',
    'onCompose',
    'onGmailHomepage',
    'onGmailMessage',
    'onQueue',
    'onRefresh',
    'onSheetsHomepage',
  ])
  for (const name of names) expect(vm.runInContext(`typeof ${name}`, context)).toBe('function')
  expect(Object.keys(context).sort()).toEqual(['Addon', ...names].sort())
})

test('a manifest that names a function which is not there stops the build with its name', async () => {
  await expect(bundleOf('https://desk.honeyhill.example', ['onAction', 'onNowhere'])).rejects.toThrow('onNowhere')
})

test('the bundle is ES2019 and knows no Node and no web', () => {
  expect(problemsOfScript(addon.code)).toEqual([])
})

test.each([
  ['const a = b ?? 1', 'Unexpected token'],
  ['class A { #x = 1 }', 'Unexpected'],
  ['class A { static x = 1 }', 'Unexpected token'],
  ['import x from "y"', "'import' and 'export'"],
  ['setTimeout(function () {}, 1)', "'setTimeout' is not defined"],
  ['fetch("https://x.example")', "'fetch' is not defined"],
  ['new URL("https://x.example")', "'URL' is not defined"],
  ['process.env', "'process' is not defined"],
  ['DriveApp.getRootFolder()', "'DriveApp' is not defined"],
])('%s would be found', (code, problem) => {
  expect(problemsOfScript(code).join()).toContain(problem)
})

test('every service that the rule allows is used', () => {
  for (const name of SERVICES) expect(addon.code).toContain(`${name}.`)
})

test('the whole script is small: the contract is there as types only', () => {
  const bytes = Buffer.byteLength(addon.code)
  process.stdout.write(`bundle: ${(bytes / 1_000).toFixed(1)} kB (aim: under ${AIM / 1_000} kB)\n`)
  expect(bytes).toBeLessThan(AIM)
  expect(addon.code).not.toContain('ZodError')
})

test('bundle and manifest know one backend, and only over https', () => {
  const { urlFetchWhitelist, addOns } = addon.manifest as unknown as {
    urlFetchWhitelist: string[]
    addOns: { common: { openLinkUrlPrefixes: string[] } }
  }
  expect(urlFetchWhitelist).toEqual(['https://desk.honeyhill.example/'])
  expect(addOns.common.openLinkUrlPrefixes).toEqual(['*']) // a parcel is followed at any carrier's host
  const code = addon.code.replaceAll('\\\n', '') // long lines are broken, within texts too
  expect(code).toContain('"https://desk.honeyhill.example"')
  expect(code + JSON.stringify(addon.manifest)).not.toContain('desk.example.com')
})

test.each([
  ['http://desk.example.com', 'is not https'],
  ['https://desk.example.com/api', 'No path is needed: give only https://desk.example.com'],
  ['https://me:secret@desk.example.com', 'more than a host'],
  ['desk.example.com', 'is not an address'],
])('the address %s is refused in words', (address, words) => {
  expect(() => originOf(address)).toThrow(words)
})
