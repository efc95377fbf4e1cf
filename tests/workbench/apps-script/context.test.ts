import { writeFile } from 'node:fs/promises'
import { afterEach, expect, test } from '@jest/globals'
import { endScripts, evaluate, script } from './script.ts'

afterEach(endScripts)

test('every call starts with a fresh context, so no module state leaks into the next', async () => {
  const tiny = await script(
    'let calls = 0; function count() { calls++; globalThis.seen = (globalThis.seen || 0) + 1; console.log(calls + seen) }',
  )
  expect(await tiny.says('count')).toBe('2')
  expect(await tiny.says('count')).toBe('2')
})

const ABSENT =
  'setTimeout setInterval fetch URL URLSearchParams TextEncoder TextDecoder Buffer process require module atob btoa crypto performance structuredClone queueMicrotask window self global Blob FormData WebAssembly SharedArrayBuffer Atomics AbortController HtmlService'.split(
    ' ',
  )

test('Node and web globals are not there, because Apps Script has none', async () => {
  expect(ABSENT.length).toBeGreaterThan(20)
  expect(await evaluate(`${JSON.stringify(ABSENT)}.filter((name) => name in globalThis)`)).toBe('[]')
})

test('using an absent global throws as on Google', async () => {
  const tiny = await script('function run() { setTimeout(() => 1, 1) }')
  expect(await tiny.fails('run')).toBe('ReferenceError: setTimeout is not defined')
})

test('the console has log, info, warn and error, and each has its severity', async () => {
  const tiny = await script(
    "function run() { console.log('%s is %s', 'a', 1); console.info({ b: 2 }); console.warn('c'); console.error('d'); Logger.log('e') }",
  )
  const { logs } = await tiny.run('run')
  expect(logs).toEqual([
    { severity: 'DEBUG', text: 'a is 1' },
    { severity: 'INFO', text: '{ b: 2 }' },
    { severity: 'WARNING', text: 'c' },
    { severity: 'ERROR', text: 'd' },
    { severity: 'INFO', text: 'e' },
  ])
  expect(
    await evaluate("Object.getOwnPropertyNames(Object.getPrototypeOf(console)).filter(n => n !== 'toString').sort()"),
  ).toBe('["error","info","log","warn"]')
})

test('errors of services belong to the realm of the script', async () => {
  const catches =
    '(() => { try { CardService.newTextParagraph().setText(1) } catch (error) { return [error instanceof Error, error.name] } })()'
  expect(await evaluate(catches)).toBe('[true,"Exception"]')
})

test('data handed to the script belongs to its realm', async () => {
  expect(await evaluate("Utilities.base64Decode('AP8=') instanceof Array && Utilities.base64Decode('AP8=')")).toBe(
    '[0,-1]',
  )
  expect(await evaluate('PropertiesService.getScriptProperties().getProperties() instanceof Object')).toBe('true')
})

test('a call that takes longer than the limit is ended, and the next one runs', async () => {
  const tiny = await script("function loop() { for (;;) {} } function fine() { console.log('fine') }", {
    options: { timeLimitMs: 1_500 }, // enough for the second call on a slow machine
  })
  expect(await tiny.fails('loop')).toBe('Exceeded maximum execution time')
  expect(await tiny.says('fine')).toBe('fine')
})

test('several calls run side by side', async () => {
  const tiny = await script('function run(e) { Utilities.sleep(50); console.log(e.parameters.n) }')
  const said = await Promise.all(['1', '2', '3', '4'].map((n) => tiny.says('run', { parameters: { n } })))
  expect(said).toEqual(['1', '2', '3', '4'])
})

test('a user has at most 30 executions at once', async () => {
  const tiny = await script('function run() {}', { options: { timeLimitMs: 20_000 } })
  const executions = await Promise.all(Array.from({ length: 31 }, () => tiny.run('run')))
  const refused = executions.filter((execution) => !execution.ok)
  expect(refused).toHaveLength(1)
  expect(refused[0]).toMatchObject({
    message: 'There are too many scripts running simultaneously for this Google user account.',
  })
})

test.each([
  ['#private names', 'class A { #x = 1 }'],
  ['#private names', 'class A { #x() {} has(o) { return #x in o } }'],
  ['static class fields', 'class A { static x = 1 }'],
  ['static blocks', 'class A { static {} }'],
])('a bundle with %s is refused when it is loaded', async (what, source) => {
  await expect(script(source)).rejects.toThrow(`Code.js: Apps Script does not parse ${what}`)
})

test.each([
  ["import x from 'y'", 'Cannot use import statement outside a module'],
  ['export const a = 1', "Unexpected token 'export'"],
  ['await 1', 'await is only valid in async functions'],
])('a bundle with module syntax is refused: %s', async (source, message) => {
  await expect(script(source)).rejects.toThrow(message)
})

test('a bundle of public fields, optional chaining and async functions is taken', async () => {
  const source =
    'class A { x = 1 } async function later() {} function run(e) { console.log(String(new A().x + (e?.nothing?.more ?? 1))) }'
  expect(await (await script(source)).says('run')).toBe('2')
})

test('a function that is missing, or private by its name, cannot be called', async () => {
  const tiny = await script("function secret_() {} var menu = { open() { console.log('open') } }")
  expect(await tiny.fails('nowhere')).toBe('Script function not found: nowhere')
  expect(await tiny.fails('secret_')).toBe('Script function not found: secret_')
  expect(await tiny.says('menu.open')).toBe('open')
})

test('an error the script lets pass is its message, with the place in the log', async () => {
  const tiny = await script('function run() {\n  return undefined.x\n}')
  const execution = await tiny.run('run')
  expect(execution).toMatchObject({
    ok: false,
    message: "TypeError: Cannot read properties of undefined (reading 'x')",
  })
  expect(execution.logs.at(-1)?.text).toMatch(/Code\.js:2/)
  expect(execution.logs.at(-1)?.text).not.toMatch(/node:|worker\.ts/)
})

test('the script lives at the time of the workbench', async () => {
  const clock = { now: () => new Date('2031-02-03T04:05:06Z') }
  expect(
    await evaluate('new Date().toISOString().slice(0, 16) + (new Date() instanceof Date)', { options: { clock } }),
  ).toBe('2031-02-03T04:05true')
  expect(
    await evaluate("[new Date(0).getTime(), Date.UTC(1970, 0, 2), new Date('1970-01-01T00:00:01Z').getTime()]", {
      options: { clock },
    }),
  ).toBe('[0,86400000,1000]')
})

test('reload takes the bundle that lies there now', async () => {
  const tiny = await script("function run() { console.log('old') }")
  expect(await tiny.says('run')).toBe('old')
  await writeFile(tiny.paths.bundle, "function run() { console.log('new') }")
  await tiny.appsScript.reload()
  expect(await tiny.says('run')).toBe('new')
})

test('the event reaches the script as JSON, not as an object of ours', async () => {
  const tiny = await script("function run(e) { e.parameters.a = 'changed'; console.log(e instanceof Object) }")
  const parameters = { a: 'kept' }
  expect(await tiny.says('run', { parameters })).toBe('true')
  expect(parameters).toEqual({ a: 'kept' })
})
