import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openShop, type Shop } from './support/open-shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop?.close())

const MILA = { name: 'Mila Novak', email: 'mila@quince.example' }

test('an open mail shows its ticket, with the same number for both agents, who hold it under different Gmail ids', async () => {
  const nora = await shop.mailOf('nora')
  const sam = await shop.mailOf('sam')
  const numbers = [
    await nora.open('Broken bottle in order FF-20377'),
    await sam.open('Broken bottle in order FF-20377'),
  ]
  expect(numbers[0]).toBe(numbers[1])
  const ids = await Promise.all(
    [nora, sam].map(({ page }) => page.locator('.conversation').getAttribute('data-message')),
  )
  expect(ids[0]).not.toBe(ids[1])
  await Promise.all([nora.close(), sam.close()])
})

test('a customer writes, an agent answers from the own account, the customer answers back: one ticket all the way', async () => {
  const sam = await shop.mailOf('sam')
  await sam.writeAsCustomer({ ...MILA, subject: 'Is the quince jelly vegan?', text: 'Hello, is there gelatine in it?' })
  await sam.row('Is the quince jelly vegan?').waitFor()
  const number = await sam.open('Is the quince jelly vegan?')
  expect(await shop.ticket('Is the quince jelly vegan?')).toMatchObject({
    number,
    status: 'new',
    firstResponse: null,
    customer: { email: MILA.email },
  })

  await sam.reply('Hello Mila, it is: pectin only.')
  await sam.untilPanelShows(`${number} · Pending`)
  const answered = await shop.ticket('Is the quince jelly vegan?')
  expect(answered).toMatchObject({
    number,
    status: 'pending',
    waitingSince: null,
    firstResponse: { by: { name: 'Sam Okafor' } },
  })
  expect(answered.messages[0]).toMatchObject({
    direction: 'out',
    author: { kind: 'staff', name: 'Sam Okafor' },
    excerpt: expect.stringContaining('pectin only'),
  })

  const [received] = shop.workbench.google.customers.inbox(MILA.email)
  expect(received).toMatchObject({
    subject: 'Re: Is the quince jelly vegan?',
    from: expect.stringContaining('support@fernandfig.example'),
  })

  await sam.writeAsCustomer({
    email: MILA.email,
    answers: 'Is the quince jelly vegan?',
    text: 'Wonderful, then I take six.',
  })
  await sam.page.locator('.mail', { hasText: 'then I take six' }).waitFor()
  await sam.untilPanelShows(`${number} · Open`)
  expect(await shop.ticket('Is the quince jelly vegan?')).toMatchObject({ number, status: 'open', messageCount: 3 })
  await sam.close()
})

test("the answer the add-on prepared opens in the compose box with its tokens, and what is sent is seen as this agent's", async () => {
  const nora = await shop.mailOf('nora')
  const number = await nora.open('Corked?')
  await nora.press('Reply in Gmail')
  const box = nora.page.locator('form.compose')
  await box.waitFor()
  const value = (name: string) => box.locator(`[name=${name}]`).inputValue()
  expect(await value('to')).toContain('v.archambault@clos-mail.example')
  expect(await value('subject')).toBe('Re: Corked?')
  expect(await value('bcc')).toMatch(/^archive\+\S+@fernandfig\.example$/)
  expect(await value('replyTo')).toMatch(/^support\+\S+@fernandfig\.example$/)
  shop.workbench.google.setRouting(false)
  try {
    await box.locator('textarea').fill('Good evening, your nose is enough.')
    await nora.send()
    await nora.untilPanelShows(`${number} · Pending`)
  } finally {
    shop.workbench.google.setRouting(true)
  }
  expect(await shop.ticket('Corked?')).toMatchObject({ firstResponse: { by: { name: 'Nora Lindqvist' } } })
  await nora.close()
})

test('a saved reply is inserted where the cursor stands', async () => {
  const nora = await shop.mailOf('nora')
  await nora.open('Gift card does not work')
  await nora.page.locator('[data-do=reply]').click()
  await nora.page.locator('[data-do=compose-addon]').click()
  const addon = nora.page.locator('.compose-panel')
  await addon.locator('[data-act=click]', { hasText: 'Where is my parcel' }).first().click()
  await addon.waitFor({ state: 'hidden' })
  expect(await nora.page.locator('form.compose textarea').inputValue()).toMatch(
    /^I have asked the carrier where your parcel is[\s\S]*On .* wrote:\n> Hi,/,
  )
  await nora.page.locator('[data-do=discard]').click()
  await nora.close()
})

test('the last line of an HTML mail is in sight, by day and by night', async () => {
  const nora = await shop.mailOf('nora')
  await nora.open('Broken bottle in order FF-20377')
  await nora.page.frameLocator('iframe').locator('body', { hasText: 'Tobias' }).waitFor()
  for (const theme of ['light', 'dark']) {
    await nora.page.evaluate(`document.documentElement.dataset.theme = '${theme}'`)
    const hidden = `(() => {
      const frame = document.querySelector('iframe')
      const style = getComputedStyle(frame)
      const room = frame.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)
      return frame.contentDocument.documentElement.scrollHeight - room
    })()`
    expect([theme, await nora.page.evaluate(hidden)]).toEqual([theme, 0])
  }
  await nora.close()
})

test('attachments and HTML of a mail are shown, and what a customer attaches reaches the ticket', async () => {
  const nora = await shop.mailOf('nora')
  await nora.open('Olive oil all over my parcel')
  const first = nora.page.locator('.mail').first()
  await first.locator('summary').first().click()
  const photo = first.locator('.file', { hasText: 'IMG_2207.jpg' }).locator('img')
  await photo.waitFor()
  const width = "(async (image) => (await image.decode(), image.naturalWidth))(document.querySelector('.file img'))"
  expect(await nora.page.evaluate(width)).toBe(448)
  await first.frameLocator('iframe').locator('body', { hasText: 'the big olive oil has leaked' }).waitFor()

  const note = { name: 'grüße.txt', mimeType: 'text/plain', buffer: Buffer.from('six') }
  await nora.writeAsCustomer({ ...MILA, subject: 'A file for you', text: 'See the file.', files: [note] })
  await nora.row('A file for you').waitFor()
  await nora.open('A file for you')
  expect(await nora.panelText()).toContain('grüße.txt')
  await nora.close()
})
