import { afterEach, expect, test } from '@jest/globals'
import { ben, endScripts, evaluate, nora, refusal, script } from './script.ts'

afterEach(endScripts)

const auth = (name: string) => `https://www.googleapis.com/auth/${name}`

test('the identity token is null without openid', async () => {
  expect(await evaluate('ScriptApp.getIdentityToken()')).toBe('null')
})

test('the identity token names the e-mail address only with userinfo.email', async () => {
  expect(await evaluate('ScriptApp.getIdentityToken()', { oauthScopes: ['openid'] })).toBe('token of 1001')
  expect(await evaluate('ScriptApp.getIdentityToken()', { oauthScopes: ['openid', auth('userinfo.email')] })).toBe(
    'token of nora@shop.example',
  )
})

test('the address of the active user is blank without userinfo.email', async () => {
  expect(await evaluate('Session.getActiveUser().getEmail()')).toBe('')
  expect(await evaluate('Session.getActiveUser().getEmail()', { oauthScopes: [auth('userinfo.email')] })).toBe(
    nora.email,
  )
})

test('no spreadsheet is open outside Sheets, and opening one by its id is denied without the scope', async () => {
  expect(
    await evaluate('SpreadsheetApp.getActiveSpreadsheet()', { oauthScopes: [auth('spreadsheets.currentonly')] }),
  ).toBe('null')
  expect(await refusal("SpreadsheetApp.openById('x')", { oauthScopes: [auth('spreadsheets.currentonly')] })).toContain(
    'Specified permissions are not sufficient to call SpreadsheetApp.openById',
  )
})

test('a cache keeps values between calls, one per user and one for the script', async () => {
  const tiny = await script(`
    function put(e) { CacheService.getUserCache().put('a', e.parameters.v); CacheService.getScriptCache().put('b', e.parameters.v) }
    function get() { console.log(CacheService.getUserCache().get('a') + ' ' + CacheService.getScriptCache().get('b')) }`)
  await tiny.says('put', { user: nora, parameters: { v: 'nora' } })
  await tiny.says('put', { user: ben, parameters: { v: 'ben' } })
  expect(await tiny.says('get', { user: nora })).toBe('nora ben')
})

test('a cached value is gone when its time is over, after 600 s unless said otherwise', async () => {
  let now = Date.parse('2026-01-01T00:00Z')
  const tiny = await script(
    `function put() { const c = CacheService.getScriptCache(); c.put('usual', 'x'); c.put('long', 'x', 21600); c.put('short', 'x', 1) }
     function get() { console.log(Object.keys(CacheService.getScriptCache().getAll(['usual', 'long', 'short'])).join()) }`,
    { options: { clock: { now: () => new Date(now) } } },
  )
  await tiny.says('put')
  now += 2000
  expect(await tiny.says('get')).toBe('usual,long')
  now += 600_000
  expect(await tiny.says('get')).toBe('long')
  now += 21_600_000
  expect(await tiny.says('get')).toBe('')
})

test('a cache of more than 1000 items drops to 900, the earliest to expire first', async () => {
  const tiny = await script(`
    function put() { const c = CacheService.getScriptCache(); c.put('late', 'x', 21600); c.putAll(Object.fromEntries(Array.from({ length: 1000 }, (_, n) => ['k' + n, 'v']))) }
    function get() { const keys = Array.from({ length: 1000 }, (_, n) => 'k' + n).concat('late'); const found = CacheService.getScriptCache().getAll(keys); console.log(Object.keys(found).length + ' ' + found.late) }`)
  await tiny.says('put')
  expect(await tiny.says('get')).toBe('900 x')
})

test.each([
  ['a key over 250 characters', "CacheService.getUserCache().put('k'.repeat(251), 'v')", 'Argument too large: key'],
  ['a value over 100 KB', "CacheService.getUserCache().put('k', 'v'.repeat(102401))", 'Argument too large: value'],
  ['more than six hours', "CacheService.getUserCache().put('k', 'v', 21601)", 'Invalid argument: expirationInSeconds'],
  [
    'a property over 9 KB',
    "PropertiesService.getUserProperties().setProperty('k', 'v'.repeat(9217))",
    'Argument too large: value',
  ],
  [
    'more than 500 KB of properties',
    "PropertiesService.getUserProperties().setProperties(Object.fromEntries(Array.from({ length: 60 }, (_, n) => ['k' + n, 'v'.repeat(9000)])))",
    'You have exceeded the property storage quota. Please remove some properties and try again.',
  ],
])('%s is refused', async (_what, expression, message) => {
  expect(await refusal(expression)).toBe(`Exception: ${message}`)
})

test.each([
  "PropertiesService.getUserProperties().setProperty('k', 5)",
  'PropertiesService.getUserProperties().setProperties({ k: 5 })',
  "CacheService.getUserCache().put('k', {})",
])('only strings are stored: %s', async (expression) => {
  expect(await refusal(expression)).toContain("don't match the method signature")
})

test('properties keep values between calls, one store per user and one for the script', async () => {
  const tiny = await script(
    `function set(e) { PropertiesService.getUserProperties().setProperty('a', e.parameters.v).setProperty('gone', 'x').deleteProperty('gone') }
     function get() { console.log(JSON.stringify([PropertiesService.getUserProperties().getProperties(), PropertiesService.getScriptProperties().getProperty('backend'), PropertiesService.getScriptProperties().getProperty('a')])) }`,
    { options: { scriptProperties: { backend: 'https://desk.example' } } },
  )
  await tiny.says('set', { user: nora, parameters: { v: 'n' } })
  await tiny.says('set', { user: ben, parameters: { v: 'b' } })
  expect(await tiny.says('get', { user: nora })).toBe('[{"a":"n"},"https://desk.example",null]')
})

test('there is no document cache and no document property outside a document', async () => {
  expect(await evaluate('[CacheService.getDocumentCache(), PropertiesService.getDocumentProperties()]')).toBe(
    '[null,null]',
  )
})

test.each([
  ['base64', "Utilities.base64Encode('Zoë?>')", 'Wm/Dqz8+'],
  ['web-safe base64', "Utilities.base64EncodeWebSafe('Zoë?>')", 'Wm_Dqz8-'],
  ['text from base64', "Utilities.newBlob(Utilities.base64Decode('Wm/Dqz8+')).getDataAsString()", 'Zoë?>'],
  [
    'an HMAC',
    "Utilities.base64Encode(Utilities.computeHmacSha256Signature('data', 'key'))",
    'UDH+PZicbRU3oBP6bnOdojRj/a7DtwE32Cjjas4iG9A=',
  ],
  [
    'a digest',
    "Utilities.base64Encode(Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, 'a'))",
    'ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=',
  ],
  [
    'a date in a zone',
    "Utilities.formatDate(new Date(1782914645006), 'America/New_York', \"EEE, d MMMM yyyy 'at' HH:mm:ss.SSS XXX\")",
    'Wed, 1 July 2026 at 10:04:05.006 -04:00',
  ],
  ['an hour of twelve', "Utilities.formatDate(new Date(0), 'Etc/UTC', \"h:mm a 'o''clock'\")", "12:00 AM o'clock"],
  ['a formatted text', "Utilities.formatString('%s has %05.1f%% of %-4d|', 'a', 2.25, 7)", 'a has 002.3% of 7   |'],
  ['the length of a UUID', 'String(Utilities.getUuid().length)', '36'],
])('Utilities gives %s', async (_what, expression, expected) => {
  expect(await evaluate(expression)).toBe(expected)
})
