import { expect, test } from '@jest/globals'
import { createPanel, type PanelOptions } from '../../../workbench/host/panel/panel.ts'
import { nora, script } from '../apps-script/script.ts'

const SOURCE = `
  const S = CardService
  const say = (text) => S.newTextParagraph().setText(text)
  const act = (name) => S.newAction().setFunctionName(name)
  const button = (text, action) => S.newTextButton().setText(text).setOnClickAction(action)
  const card = (name, ...widgets) => {
    const section = S.newCardSection()
    for (const widget of widgets) section.addWidget(widget)
    return S.newCardBuilder().setName(name).setHeader(S.newCardHeader().setTitle(name)).addSection(section).build()
  }
  const show = (step) => S.newActionResponseBuilder().setNavigation(step).build()
  const count = () => { const c = CacheService.getScriptCache(); const n = Number(c.get('n') || 0) + 1; c.put('n', String(n)); return n }

  function onHome(e) { return card('home ' + count(), say(JSON.stringify(e)), button('Open', act('onOpen'))) }
  function onMessage(e) {
    const note = S.newTextInput().setFieldName('note').setTitle('Note')
    return card('message', say(JSON.stringify(e.gmail)), note,
      button('Save', act('onSave').setParameters({ id: '7' }).addRequiredWidget('note')),
      button('Keep', act('onKeep').setPersistValues(true)), button('Clear', act('onKeep')),
      button('Slow', act('onSlow')), button('Fail', act('onFail')), button('Changed', act('onChanged')), button('Quiet', act('onQuiet')),
      S.newTextButton().setText('Reply').setComposeAction(act('onReply'), S.ComposedEmailType.REPLY_AS_DRAFT))
  }
  function onOpen() { return show(S.newNavigation().pushCard(card('opened', say('x')))) }
  function onSave(e) { return show(S.newNavigation().pushCard(card('saved', say(JSON.stringify([e.formInput, e.commonEventObject.formInputs, e.parameters, !!e.gmail]))))) }
  function onKeep() { return show(S.newNavigation().updateCard(card('kept', S.newTextInput().setFieldName('note').setTitle('Note').setValue('of the server')))) }
  function onSlow() { Utilities.sleep(300); return show(S.newNavigation().pushCard(card('slow ' + count(), say('x')))) }
  function onFail() { throw new Error('out of cards') }
  function onChanged() { return S.newActionResponseBuilder().setStateChanged(true).setNotification(S.newNotification().setText('<b>Done</b>')).build() }
  function onQuiet() {}
  function onMenu() { return S.newUniversalActionResponseBuilder().displayAddOnCards([card('settings', say('x'))]).build() }
  function onReply() { return card('wrong kind', say('x')) }
  function onCompose(e) { return card('compose', say(JSON.stringify(e.gmail || null)), button('Insert', act('onInsert'))) }
  function onInsert() { return S.newUpdateDraftActionResponseBuilder().setUpdateDraftSubjectAction(S.newUpdateDraftSubjectAction().addUpdateSubject('Hello')).build() }
  function onSuggest(e) { return S.newSuggestionsResponseBuilder().setSuggestions(S.newSuggestions().addSuggestion(e.formInput.tag + '!')).build() }
`

async function panel(options: Partial<PanelOptions> = {}, common: Record<string, unknown> = {}) {
  const tiny = await script(SOURCE, {
    common: {
      homepageTrigger: { runFunction: 'onHome' },
      universalActions: [
        { label: 'Settings', runFunction: 'onMenu' },
        { label: 'Help', openLink: 'https://desk.example/help' },
      ],
      ...common,
    },
    gmail: {
      contextualTriggers: [{ unconditional: {}, onTriggerFunction: 'onMessage' }],
      composeTrigger: { selectActions: [{ text: 'Insert', runFunction: 'onCompose' }] },
    },
  })
  return createPanel({ appsScript: tiny.appsScript, user: nora, ...options })
}

const message = { messageId: 'msg_a', threadId: 'thr_a' }
const title = (html: string) => /sd-title[^>]*>([^<]*)</.exec(html)?.[1]
const click = (name: string, formInputs = {}, parameters = {}) => ({ function: name, parameters, formInputs })
const note = (value: string) => ({ note: { stringInputs: { value: [value] } } })

test('opening the panel runs the homepage trigger, without a message in its event', async () => {
  const { html } = await (await panel()).openHomepage()
  expect(title(html)).toBe('home 1')
  expect(html).not.toContain('messageMetadata')
})

test('opening a message runs the contextual trigger with ids as Google writes them', async () => {
  const { html } = await (await panel()).openMessage(message)
  expect(title(html)).toBe('message')
  expect(html).toMatch(/msg-f:\d+/)
  expect(html).toMatch(/accessToken/)
})

test('a click sends form, parameters and the message, and its card is pushed', async () => {
  const desk = await panel()
  await desk.openMessage(message)
  const { html } = await desk.click(click('onSave', note('hi'), { id: '7' }))
  expect(title(html)).toBe('saved')
  const said = html.replaceAll('&quot;', '"')
  expect(said).toContain('[{"note":"hi"},{"note":{"stringInputs":{"value":["hi"]}}},{"id":"7"},true]')
  expect(html).toContain('data-act="back"')
})

test('a required field that is empty keeps the click away from the script', async () => {
  const ran: string[] = []
  const desk = await panel({ onExecution: (call) => ran.push(call.function) })
  await desk.openMessage(message)
  const { html } = await desk.click(click('onSave', {}, { id: '7' }))
  expect(html).toContain('This field is required')
  expect(ran).toEqual(['onMessage'])
})

test('values of fields that are not in the card are not sent', async () => {
  const desk = await panel()
  await desk.openMessage(message)
  const forged = { ...note('hi'), forged: { stringInputs: { value: ['x'] } } }
  expect((await desk.click(click('onSave', forged, { id: '7' }))).html).not.toContain('forged')
})

test('a second click while a spinner turns does nothing', async () => {
  const desk = await panel()
  await desk.openMessage(message)
  const [, second] = await Promise.all([desk.click(click('onSlow')), desk.click(click('onSlow'))])
  expect(title(second?.html ?? '')).toBe('message')
  expect(title(desk.html())).toBe('slow 1')
})

test('the answer to a message the user has left is dropped, and the panel is free again', async () => {
  const desk = await panel()
  await desk.openHomepage()
  await desk.openMessage(message)
  const slow = desk.click(click('onSlow'))
  await desk.leaveMessage()
  await slow
  expect(title(desk.html())).toBe('home 1')
  expect(title((await desk.click(click('onOpen'))).html)).toBe('opened')
})

test('leaving a message shows the homepage as it was, unless something changed its state', async () => {
  const desk = await panel()
  await desk.openHomepage()
  await desk.openMessage(message)
  expect(title((await desk.leaveMessage()).html)).toBe('home 1')
  await desk.openMessage(message)
  await desk.click(click('onChanged'))
  expect(title((await desk.leaveMessage()).html)).toBe('home 2')
})

/** Presses a button by its text, with what its HTML says of it, as the browser script does. */
async function press(desk: Awaited<ReturnType<typeof panel>>, text: string, formInputs = {}) {
  const button = new RegExp(`data-call="([^"]*)"[^>]*>(?:<svg.*?</svg>)?<span class="sd-cut">${text}<`).exec(
    desk.html(),
  )
  const { function: name, parameters, traits } = JSON.parse((button?.[1] ?? '').replaceAll('&quot;', '"'))
  return desk.handle({ act: 'click', function: name, parameters, traits, formInputs })
}

test('persisted values survive the answer; otherwise those of the server win', async () => {
  const desk = await panel()
  await desk.openMessage(message)
  expect((await press(desk, 'Keep', note('typed'))).html).toContain('value="typed"')
  await desk.openMessage(message)
  expect((await press(desk, 'Clear', note('typed'))).html).toContain('value="of the server"')
})

test('a notification is plain text', async () => {
  const desk = await panel()
  await desk.openMessage(message)
  expect((await desk.click(click('onChanged'))).html).toContain('&lt;b>Done')
})

test('a click that returns nothing leaves the card as it is', async () => {
  const desk = await panel()
  await desk.openMessage(message)
  expect(title((await desk.click(click('onQuiet'))).html)).toBe('message')
})

test('an error of the script is shown, and one step back is the card again', async () => {
  const desk = await panel()
  await desk.openMessage(message)
  expect((await desk.click(click('onFail'))).html).toContain('Error: out of cards')
  expect(title((await desk.handle({ act: 'back' })).html)).toBe('message')
})

test('a compose action that returns a card is the platform error', async () => {
  const desk = await panel()
  await desk.openMessage(message)
  expect((await desk.click(click('onReply'))).html).toContain('has a type that cannot be used by the add-ons platform')
})

test('universal actions run a function or open a link', async () => {
  const desk = await panel()
  await desk.openHomepage()
  expect(title((await desk.handle({ act: 'universal', index: 0 })).html)).toBe('settings')
  expect((await desk.handle({ act: 'universal', index: 1 })).link).toEqual({ url: 'https://desk.example/help' })
})

test('the compose action runs in the draft and its click changes the draft', async () => {
  const desk = await panel()
  const { html } = await desk.openCompose({ to: ['ada@customer.example'], cc: [], bcc: [] })
  expect(html).not.toContain('ada@customer.example')
  expect((await desk.click(click('onInsert'))).draftUpdate).toEqual({ updateSubject: { subject: 'Hello' } })
})

test('suggestions come from the script with what is being typed', async () => {
  const desk = await panel()
  await desk.openHomepage()
  const typed = { ...click('onSuggest', { tag: { stringInputs: { value: ['vi'] } } }), act: 'suggest' }
  expect((await desk.handle(typed)).suggestions).toEqual(['vi!'])
})

test('reload runs the trigger again', async () => {
  const desk = await panel()
  await desk.openHomepage()
  expect(title((await desk.handle({ act: 'reload' })).html)).toBe('home 2')
})

test('a phone has message cards and no homepage', async () => {
  const desk = await panel({ platform: 'ANDROID' })
  expect((await desk.openHomepage()).html).toContain('Gmail on a phone has no add-on homepage')
  expect(title((await desk.openMessage(message)).html)).toBe('message')
  expect((await desk.leaveMessage()).html).toContain('Gmail on a phone has no add-on homepage')
})

test('without a homepage trigger Google shows a card of its own', async () => {
  const desk = await panel({}, { homepageTrigger: { runFunction: 'onHome', enabled: false } })
  expect(title((await desk.openHomepage()).html)).toBe('Tiny')
})

test('a request the browser script never sends is refused', async () => {
  const desk = await panel()
  await expect(desk.handle({ act: 'click', function: 'onSave', parameters: { id: 7 } })).rejects.toThrow(
    'expected string',
  )
})
