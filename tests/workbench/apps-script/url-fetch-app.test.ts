import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { endScripts, script } from './script.ts'

afterEach(endScripts)

const SCOPE = 'https://www.googleapis.com/auth/script.external_request'
const host = 'https://desk.example'
const seen: { method: string | undefined; url: string | undefined; headers: http.IncomingHttpHeaders; body: string }[] =
  []
let server: http.Server
let origin: string

/** A backend on loopback, as the workbench has one. */
beforeAll(async () => {
  server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    seen.push({
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: Buffer.concat(chunks).toString(),
    })
    const { pathname } = new URL(request.url ?? '', origin)
    if (pathname === '/v1/hang') return
    if (pathname === '/v1/missing') return void response.writeHead(404).end('{"error":"no such ticket"}')
    if (pathname === '/v1/moved') return void response.writeHead(302, { Location: `${host}/v1/there` }).end()
    if (pathname === '/v1/astray') return void response.writeHead(302, { Location: 'https://other.example/' }).end()
    response
      .writeHead(200, { 'X-Trace-Id': 'abc', 'Content-Type': 'application/json; charset=utf-8' })
      .end('{"name":"Zoë"}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const fetching = (expression: string, setting: Parameters<typeof script>[1] = {}) =>
  script(`function run() { const value = ${expression}; console.log(JSON.stringify(value)) }`, {
    oauthScopes: [SCOPE],
    urlFetchWhitelist: [`${host}/v1/`],
    ...setting,
    options: { resolveUrl: (url) => url.replace(host, origin), ...setting.options },
  })

test('fetch is synchronous and reaches the address behind the https one of the manifest', async () => {
  const tiny = await fetching(
    `(() => { const r = UrlFetchApp.fetch('${host}/v1/a?b=c'); return [r.getResponseCode(), JSON.parse(r.getContentText()).name, r.getHeaders()['X-Trace-Id'], r.getAllHeaders()['Content-Type']] })()`,
  )
  expect(JSON.parse(await tiny.says('run'))).toEqual([200, 'Zoë', 'abc', 'application/json; charset=utf-8'])
  expect(seen.at(-1)).toMatchObject({ method: 'GET', url: '/v1/a?b=c', headers: { host: 'desk.example' } })
})

test('method, headers, content type and payload go out as given', async () => {
  const options =
    "{ method: 'post', contentType: 'application/json', headers: { Authorization: 'Bearer x' }, payload: JSON.stringify({ a: 'ü' }) }"
  await (await fetching(`UrlFetchApp.fetch('${host}/v1/a', ${options}).getResponseCode()`)).says('run')
  expect(seen.at(-1)).toMatchObject({
    method: 'POST',
    headers: { authorization: 'Bearer x', 'content-type': 'application/json' },
    body: '{"a":"ü"}',
  })
})

test('an object as payload is a form', async () => {
  await (
    await fetching(
      `UrlFetchApp.fetch('${host}/v1/a', { method: 'post', payload: { a: '1 2', b: 'c&d' } }).getResponseCode()`,
    )
  ).says('run')
  expect(seen.at(-1)).toMatchObject({
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'a=1+2&b=c%26d',
  })
})

test('a status from 400 on is an exception unless muteHttpExceptions', async () => {
  const loud = await fetching(`UrlFetchApp.fetch('${host}/v1/missing').getResponseCode()`)
  expect(await loud.fails('run')).toBe(
    `Exception: Request failed for ${host} returned code 404. Truncated server response: {"error":"no such ticket"} (use muteHttpExceptions option to examine full response)`,
  )
  const muted = await fetching(
    `UrlFetchApp.fetch('${host}/v1/missing', { muteHttpExceptions: true }).getResponseCode()`,
  )
  expect(await muted.says('run')).toBe('404')
})

test('fetchAll asks all and answers in order', async () => {
  const tiny = await fetching(
    `UrlFetchApp.fetchAll(['${host}/v1/a', { url: '${host}/v1/missing', muteHttpExceptions: true }]).map((r) => r.getResponseCode())`,
  )
  expect(await tiny.says('run')).toBe('[200,404]')
})

test('redirects are followed unless the script says no, and each hop must be allowed', async () => {
  expect(await (await fetching(`UrlFetchApp.fetch('${host}/v1/moved').getResponseCode()`)).says('run')).toBe('200')
  expect(
    await (await fetching(`UrlFetchApp.fetch('${host}/v1/moved', { followRedirects: false }).getResponseCode()`)).says(
      'run',
    ),
  ).toBe('302')
  expect(await (await fetching(`UrlFetchApp.fetch('${host}/v1/astray')`)).fails('run')).toContain(
    'https://other.example/ matches no prefix of urlFetchWhitelist',
  )
})

test('a URL outside urlFetchWhitelist is never asked', async () => {
  const before = seen.length
  for (const url of [`${host}/v2/a`, 'http://desk.example/v1/a', origin]) {
    expect(await (await fetching(`UrlFetchApp.fetch('${url}')`)).fails('run')).toContain(
      'matches no prefix of urlFetchWhitelist',
    )
  }
  expect(seen).toHaveLength(before)
})

test('without its scope UrlFetchApp refuses', async () => {
  const tiny = await fetching(`UrlFetchApp.fetch('${host}/v1/a')`, { oauthScopes: [] })
  expect(await tiny.fails('run')).toBe(
    `Exception: Specified permissions are not sufficient to call UrlFetchApp.fetch. Required permissions: ${SCOPE}`,
  )
})

test('a backend that is down is an exception the script can catch', async () => {
  const tiny = await fetching(
    `(() => { try { UrlFetchApp.fetch('${host}/v1/a') } catch (error) { return error.message } })()`,
    {
      options: { resolveUrl: () => 'http://127.0.0.1:9/' },
    },
  )
  expect(await tiny.says('run')).toBe(JSON.stringify(`Address unavailable: ${host}/v1/a`))
})

test('the time of a fetch counts into the limit of the call', async () => {
  const tiny = await fetching(`UrlFetchApp.fetch('${host}/v1/hang')`, { options: { timeLimitMs: 500 } })
  expect(await tiny.fails('run')).toBe('Exceeded maximum execution time')
})

test.each([
  [
    'a URL over 2082 characters',
    `UrlFetchApp.fetch('${host}/v1/' + 'a'.repeat(2100))`,
    'Limit Exceeded: URLFetch URL Length.',
  ],
  [
    'more than 100 headers',
    `UrlFetchApp.fetch('${host}/v1/', { headers: Object.fromEntries(Array.from({ length: 101 }, (_, n) => ['h' + n, 'v'])) })`,
    'Limit Exceeded: URLFetch header size.',
  ],
  [
    'headers over 8 KB',
    `UrlFetchApp.fetch('${host}/v1/', { headers: { a: 'x'.repeat(9000) } })`,
    'Limit Exceeded: URLFetch header size.',
  ],
  [
    'a method that does not exist there',
    `UrlFetchApp.fetch('${host}/v1/', { method: 'head' })`,
    'Attribute provided with invalid value: method',
  ],
  [
    'an option that does not exist',
    `UrlFetchApp.fetch('${host}/v1/', { timeout: 5 })`,
    'Attribute provided with invalid value: timeout',
  ],
  [
    'a Host header',
    `UrlFetchApp.fetch('${host}/v1/', { headers: { Host: 'x' } })`,
    'Attribute provided with invalid value: Header:Host',
  ],
])('%s is refused', async (_what, expression, message) => {
  expect(await (await fetching(expression)).fails('run')).toBe(`Exception: ${message}`)
})
