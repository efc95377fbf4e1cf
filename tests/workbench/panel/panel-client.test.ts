import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import { createPanel } from '../../../workbench/host/panel/panel.ts'
import { launchBrowser, PATIENCE_MS } from '../../support/browser.ts'
import { nora, script } from '../apps-script/script.ts'

const SOURCE = `
  const S = CardService
  const act = (name) => S.newAction().setFunctionName(name)
  const button = (text, action) => S.newTextButton().setText(text).setOnClickAction(action)
  const card = (title, ...widgets) => {
    const section = S.newCardSection()
    for (const widget of widgets) section.addWidget(widget)
    return S.newCardBuilder().setHeader(S.newCardHeader().setTitle(title)).addSection(section).build()
  }
  const push = (made) => S.newActionResponseBuilder().setNavigation(S.newNavigation().pushCard(made)).build()
  function onHome() {
    return card('Form',
      S.newTextInput().setFieldName('note').setTitle('Note'),
      S.newTextInput().setFieldName('mail').setTitle('Mail').setValidation(S.newValidation().setInputType(S.InputType.EMAIL)),
      S.newTextInput().setFieldName('tag').setTitle('Tag').setSuggestionsAction(act('onSuggest')),
      S.newSelectionInput().setType(S.SelectionInputType.CHECK_BOX).setFieldName('boxes').setTitle('Boxes').addItem('A', 'a', true).addItem('B', 'b', true),
      S.newSelectionInput().setType(S.SelectionInputType.DROPDOWN).setFieldName('status').setTitle('Status').addItem('Open', 'open', true).addItem('Closed', 'closed', false).setOnChangeAction(act('onChange')),
      S.newSelectionInput().setType(S.SelectionInputType.MULTI_SELECT).setFieldName('many').setTitle('Many').setMultiSelectMaxSelectedItems(1).addMultiSelectItem('One', '1', false, '', '').addMultiSelectItem('Two', '2', false, '', ''),
      S.newDecoratedText().setText('Notify').setSwitchControl(S.newSwitch().setFieldName('notify').setValue('yes').setSelected(true)),
      S.newTextParagraph().setText('<font color="#5f6368">Quiet words</font>'),
      S.newDatePicker().setFieldName('day').setTitle('Day'), S.newTimePicker().setFieldName('time').setTitle('Time'),
      button('Send', act('onSend').addRequiredWidget('note')), button('Again', act('onAgain').setPersistValues(true)), button('Slow', act('onSlow')), button('Fail', act('onFail')))
  }
  function onAgain() { return S.newActionResponseBuilder().setNavigation(S.newNavigation().updateCard(onHome())).setNotification(S.newNotification().setText('Again')).build() }
  function onSend(e) { return push(card('Sent', S.newTextParagraph().setText(JSON.stringify(e.commonEventObject.formInputs)))) }
  function onChange(e) { return S.newActionResponseBuilder().setNotification(S.newNotification().setText('Status is ' + e.formInput.status)).build() }
  function onSuggest(e) { return S.newSuggestionsResponseBuilder().setSuggestions(S.newSuggestions().addSuggestion(e.formInput.tag + '-list')).build() }
  function onSlow() { Utilities.sleep(400); return push(card('Slow', S.newTextParagraph().setText('x'))) }
  function onFail() { throw new Error('out of cards') }
`

let browser: Browser
let client: string
let style: string
let server: http.Server | undefined
let posted: { act: string; function?: string }[] = []

beforeAll(async () => {
  const stdin = {
    contents: `import { startPanel } from './panel-client.ts'; startPanel({ root: document.getElementById('panel'), endpoint: '/panel' })`,
    resolveDir: new URL('../../../workbench/host/panel/browser', import.meta.url).pathname,
    loader: 'ts' as const,
  }
  const built = await build({ stdin, bundle: true, write: false, format: 'esm' })
  client = built.outputFiles[0]?.text ?? ''
  style = await readFile(new URL('../../../workbench/host/panel/panel.css', import.meta.url), 'utf8')
  browser = await launchBrowser()
})

afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  posted = []
})

afterAll(() => browser.close())

/** The panel of a tiny bundle in a page of its own. */
async function openPage(): Promise<Page> {
  const { appsScript } = await script(SOURCE, { common: { homepageTrigger: { runFunction: 'onHome' } } })
  const panel = createPanel({ appsScript, user: nora })
  const { html } = await panel.openHomepage()
  server = http.createServer(async (request, response) => {
    if (request.method !== 'POST') {
      const page = `<!doctype html><meta charset="utf-8"><style>${style}</style><div id="panel" style="height:900px">${html}</div><script type="module">${client}</script>`
      return void response.setHeader('content-type', 'text/html').end(page)
    }
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const asked = JSON.parse(Buffer.concat(chunks).toString())
    posted.push(asked)
    response.end(JSON.stringify(await panel.handle(asked)))
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const page = await browser.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  return page
}

const sent = async (page: Page) => {
  await page.getByText('Sent', { exact: true }).waitFor()
  return JSON.parse((await page.locator('.sd-widget .sd-text').textContent()) ?? '')
}

test('the client keeps an incomplete form back and says why at the field', async () => {
  const page = await openPage()
  await page.getByRole('button', { name: 'Send' }).click()
  expect(await page.getByText('This field is required').count()).toBe(1)
  await page.getByLabel('Note').fill('hello')
  await page.getByLabel('Mail').fill('nobody')
  await page.getByRole('button', { name: 'Send' }).click()
  expect(await page.getByText('Enter an email address').count()).toBe(1)
  expect(posted).toEqual([])
})

test('boxes and switches that nobody touched are not sent, though they are checked', async () => {
  const page = await openPage()
  await page.getByLabel('Note').fill('hello')
  await page.getByRole('button', { name: 'Send' }).click()
  expect(await sent(page)).toEqual({
    note: { stringInputs: { value: ['hello'] } },
    status: { stringInputs: { value: ['open'] } },
  })
})

test('a touched group sends what is checked; dates and times have shapes of their own', async () => {
  const page = await openPage()
  await page.getByLabel('Note').fill('hello')
  await page.getByLabel('B', { exact: true }).uncheck()
  await page.getByLabel('notify').uncheck()
  await page.getByLabel('Day').fill('2026-07-01')
  await page.getByLabel('Time').fill('09:30')
  await page.getByRole('button', { name: 'Send' }).click()
  expect(await sent(page)).toEqual({
    note: { stringInputs: { value: ['hello'] } },
    status: { stringInputs: { value: ['open'] } },
    boxes: { stringInputs: { value: ['a'] } },
    day: { dateInput: { msSinceEpoch: Date.UTC(2026, 6, 1) } },
    time: { timeInput: { hours: 9, minutes: 30 } },
  })
})

test('persisted values are drawn again, also boxes that were unchecked', async () => {
  const page = await openPage()
  await page.getByLabel('Note').fill('hello')
  await page.getByLabel('notify').uncheck()
  await page.getByLabel('B', { exact: true }).uncheck()
  await page.getByRole('button', { name: 'Again' }).click()
  await page.locator('.sd-toast').waitFor()
  expect(await page.getByLabel('Note').inputValue()).toBe('hello')
  expect(await page.getByLabel('notify').isChecked()).toBe(false)
  const boxes = ['A', 'B'].map((name) => page.getByLabel(name, { exact: true }).isChecked())
  expect(await Promise.all(boxes)).toEqual([true, false])
})

test('a change runs its action and the notification is shown', async () => {
  const page = await openPage()
  await page.locator('select').selectOption('closed')
  await page.getByText('Status is closed').waitFor()
  expect(posted).toMatchObject([{ act: 'click', function: 'onChange' }])
})

test('a multi-select takes no more than its maximum', async () => {
  const page = await openPage()
  await page.getByLabel('One').check()
  expect(await page.getByLabel('Two').isDisabled()).toBe(true)
  await page.getByLabel('One').uncheck()
  expect(await page.getByLabel('Two').isDisabled()).toBe(false)
})

test('suggestions of the script appear after a pause in typing', async () => {
  const page = await openPage()
  await page.getByLabel('Tag').evaluate((field: HTMLInputElement) => {
    for (const typed of ['v', 'vi', 'vip']) {
      field.value = typed
      field.dispatchEvent(new Event('input', { bubbles: true })) // by hand, so that a slow machine types as fast
    }
  })
  await page.locator('datalist option[value="vip-list"]').waitFor({ state: 'attached' })
  expect(posted.map((request) => request.act)).toEqual(['suggest'])
})

test('a spinner blocks a second click, and the back arrow leads to the card before', async () => {
  const page = await openPage()
  await page.getByRole('button', { name: 'Slow' }).focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await page.locator('.sd-title', { hasText: 'Slow' }).waitFor()
  expect(posted.filter((request) => request.function === 'onSlow')).toHaveLength(1)
  await page.getByRole('button', { name: 'Back' }).click()
  await page.locator('.sd-title', { hasText: 'Form' }).waitFor()
})

test('the keyboard stays where it was when the panel is drawn again, and goes to the title of another card', async () => {
  const page = await openPage()
  const focused = () => page.evaluate(() => document.activeElement?.textContent)
  await page.getByRole('button', { name: 'Again' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('.sd-toast').waitFor()
  expect(await focused()).toBe('Again')
  await page.getByLabel('Note').focus()
  await page.keyboard.type('hello')
  await page.getByRole('button', { name: 'Slow' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('.sd-title', { hasText: 'Slow' }).waitFor()
  expect(await focused()).toBe('Slow')
  await page.getByRole('button', { name: 'Back' }).focus()
  await page.keyboard.press('Enter')
  await page.locator('.sd-title', { hasText: 'Form' }).waitFor()
  expect(await focused()).toBe('Form')
})

test('colours that a script chose for a white card can be read on a dark one', async () => {
  const page = await openPage()
  const color = () =>
    page.getByText('Quiet words').evaluate(
      (words) =>
        getComputedStyle(words)
          .color.match(/[\d.]+/g)
          ?.map(Number) ?? [],
    )
  expect(Math.max(...(await color()))).toBeLessThan(0.45)
  await page.emulateMedia({ colorScheme: 'dark' })
  expect(Math.min(...(await color()))).toBeGreaterThan(0.7)
})

test('an error of the script is a card with Retry', async () => {
  const page = await openPage()
  await page.getByRole('button', { name: 'Fail' }).click()
  await page.getByText('Error: out of cards').waitFor()
  await page.getByRole('button', { name: 'Retry' }).click()
  await page.locator('.sd-title', { hasText: 'Form' }).waitFor()
})

test('the panel is 300 pixels wide and says that it is an emulation', async () => {
  const page = await openPage()
  expect((await page.locator('.sd-panel').boundingBox())?.width).toBe(300)
  expect(await page.getByText('not drawn by Google').isVisible()).toBe(true)
})
