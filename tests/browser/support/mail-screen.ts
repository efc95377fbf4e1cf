import type { Browser, Page } from 'playwright-core'
import { PATIENCE_MS } from '../../support/browser.ts'
import { until } from '../../support/until.ts'

const SIZE = { desktop: { width: 1440, height: 900 }, phone: { width: 412, height: 860 } }
const NUMBER = /TKT-\d{6}/

/** A click or a change in the panel, and the opening of a mail or the homepage in it. */
const PRESS = /\/panels\/[^/]+$/
const OPENING = /\/panels\/[^/]+\/opening$/

/** What a person does on the mail page. Everything waits for what the page shows, for nothing else. */
export async function openMail(browser: Browser, url: string, agent: string, width: 'desktop' | 'phone') {
  const page: Page = await browser.newPage({ viewport: SIZE[width] })
  page.setDefaultTimeout(PATIENCE_MS)
  const heard: string[] = []
  page.on('request', (request) => void heard.push(request.url()))
  await page.goto(`${url}/mail/${agent}${width === 'phone' ? '?width=phone' : ''}`)
  await page.locator('.row').first().waitFor()
  const panel = page.locator('#panel')
  const calm = () => page.locator('#panel:not([data-busy])').waitFor({ state: 'attached' })
  let pressed = 0
  /** One press that the add-on answers. */
  const asking = async (aim: () => Promise<unknown>) => {
    pressed++
    const answered = page.waitForResponse((response) => PRESS.test(response.url()))
    await aim()
    await answered
    await calm()
  }
  /** One press that only the panel hears. */
  const touching = async (aim: () => Promise<unknown>) => {
    pressed++
    await aim()
  }

  const screen = {
    page,
    panel,
    panelText: async () => (await panel.allInnerTexts()).join(' ').replace(/\s+/g, ' '),
    /** The part of the card with this heading, for example an order's number. */
    sectionOf: (heading: string) =>
      panel.locator('.sd-section', { has: page.locator('.sd-section-header', { hasText: heading }) }),
    scrollPanelTo: (heading: string) =>
      panel
        .locator('.sd-section-header', { hasText: heading })
        .first()
        .evaluate((found) => {
          const body = found.closest('.sd-body')
          if (body) body.scrollTop += found.getBoundingClientRect().top - body.getBoundingClientRect().top - 12
        }),
    /** How often the panel has asked the add-on since this was called last: by opening a mail, and by presses. */
    asked(): { openings: number; presses: number } {
      const urls = heard.splice(0)
      const like = (pattern: RegExp) => urls.filter((url) => pattern.test(url)).length
      return { openings: like(OPENING), presses: like(PRESS) }
    },
    row: (words: string) => page.locator('.row', { hasText: words }),
    /** Opens a conversation and waits until its ticket stands in the panel; looks again as its user would. */
    async open(words: string): Promise<string> {
      await screen.row(words).first().click()
      await page.locator('.conversation h1', { hasText: words }).waitFor()
      await screen.untilPanelShows(NUMBER)
      return NUMBER.exec(await screen.panelText())?.[0] ?? ''
    },
    /** The panel does not refresh itself: it is started anew until it shows this. */
    async untilPanelShows(words: string | RegExp): Promise<void> {
      const shows = async () => {
        await calm()
        const text = await screen.panelText()
        return typeof words === 'string' ? text.includes(words) : words.test(text)
      }
      const showsNow = async () => {
        if (await shows()) return true
        const answered = page.waitForResponse((response) => response.url().endsWith('/opening'))
        await page.locator('[data-do=reset-panel]').click()
        await answered
        return shows()
      }
      await until(`the panel to show ${words}`, showsNow, { everyMs: 50, found: screen.panelText })
    },
    /** What a person has done since this was asked last: presses, and how often the add-on was asked for it. Typing is no press. */
    spent(): { presses: number; calls: number } {
      const spent = { presses: pressed, calls: screen.asked().presses }
      pressed = 0
      return spent
    },
    press: (name: string) => asking(() => panel.getByRole('button', { name, exact: true }).click()),
    /** Chooses in a drop-down of the panel that acts at once. */
    choose: (field: string, words: string) => asking(() => panel.locator(field).selectOption({ label: words })),
    /** Chooses in a drop-down of a form that is sent later. */
    pick: (field: string, label: string) => touching(() => screen.field(field).selectOption({ label })),
    /** Something was chosen that stands in a field of its own, for example a day. */
    touched: () => void pressed++,
    tick: (label: string | RegExp) => touching(() => panel.getByLabel(label).first().check()),
    /** The whole label of a choice, which may end in a count. */
    async optionOf(field: string, begins: string): Promise<string> {
      const labels = await screen.field(field).locator('option').allTextContents()
      return labels.find((label) => label.startsWith(begins)) ?? begins
    },
    /** Shows the rest of a folded section. */
    unfold: (heading: string) =>
      touching(() => screen.sectionOf(heading).locator('details:not([open]) > summary').click()),
    /** Presses a line of a card, which opens what it names. */
    follow: (words: string) =>
      asking(() => panel.locator('.sd-body [data-act=click]', { hasText: words }).first().click()),
    back: () => asking(() => panel.locator('[data-act=back]').click()),
    /** Begins an action on an order of the card, by the words of the drop-down. */
    begin: (order: string, words: string) =>
      asking(() => screen.sectionOf(order).locator('[data-field^="start-"]').selectOption({ label: words })),
    field: (name: string) => panel.locator(`[data-field="${name}"]`),
    async writeAsCustomer(mail: {
      name?: string
      email: string
      subject?: string
      text: string
      answers?: string
      files?: { name: string; mimeType: string; buffer: Buffer }[]
    }): Promise<void> {
      await page.locator('[data-do=write]').click()
      const dialog = page.locator('#customer-dialog')
      if (mail.answers !== undefined) {
        await dialog.locator('[name=customer]').selectOption(mail.email)
        const choice = dialog.locator('[name=inReplyTo] option', { hasText: mail.answers }).first()
        await choice.waitFor({ state: 'attached' })
        await dialog.locator('[name=inReplyTo]').selectOption(await choice.getAttribute('value'))
      } else {
        await dialog.locator('[name=name]').fill(mail.name ?? '')
        await dialog.locator('[name=email]').fill(mail.email)
      }
      if (mail.subject !== undefined) await dialog.locator('[name=subject]').fill(mail.subject)
      await dialog.locator('[name=text]').fill(mail.text)
      if (mail.files) await dialog.locator('[name=files]').setInputFiles(mail.files)
      await dialog.locator('[type=submit]').click()
      await dialog.waitFor({ state: 'hidden' })
    },
    async reply(text: string): Promise<void> {
      await page.locator('[data-do=reply]').click()
      const box = page.locator('form.compose textarea')
      await box.waitFor()
      await box.fill(text)
      await screen.send()
    },
    async send(): Promise<void> {
      await touching(() => page.locator('form.compose [type=submit]').click())
      await page.locator('form.compose').waitFor({ state: 'detached' })
    },
    close: () => page.close(),
  }
  return screen
}
