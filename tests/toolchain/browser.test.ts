import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { launchBrowser } from '../support/browser.ts'

let browser: Browser
let server: Server
beforeAll(async () => {
  server = createServer((_request, response) => {
    response
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end('<title>Grüße</title><h1 style="font: 40px sans-serif">Grüße</h1>')
  }).listen(0, '127.0.0.1')
  await Promise.all([once(server, 'listening'), launchBrowser().then((launched) => (browser = launched))])
})
afterAll(async () => {
  await browser?.close()
  server.close()
})

test('the packaged browser opens a page of this machine, with letters on it', async () => {
  const page = await browser.newPage({ viewport: { width: 300, height: 120 } })
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  expect(await page.title()).toBe('Grüße')
  const height = await page.evaluate("document.querySelector('h1').getBoundingClientRect().height")
  expect(height).toBeGreaterThan(40) // without any font it is 0
  const withText = await page.screenshot()
  await page.evaluate('document.body.replaceChildren()')
  expect(withText.length).toBeGreaterThan((await page.screenshot()).length)
})

test('a CHROME_PATH that does not run is named', async () => {
  const before = process.env['CHROME_PATH']
  process.env['CHROME_PATH'] = '/bin/false'
  try {
    await expect(launchBrowser()).rejects.toThrow('CHROME_PATH=/bin/false does not run on this machine')
  } finally {
    if (before === undefined) delete process.env['CHROME_PATH']
    else process.env['CHROME_PATH'] = before
  }
})
