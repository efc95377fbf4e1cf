import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { listSavedReplies, listTemplates } from '../../shared/drafts.ts'
import { getClosing, getSendingRules } from '../../shared/sending.ts'
import { type Desk, startDesk } from '../support/desk.ts'
import { visitor } from '../support/visitor.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk.stop())

const REPLY = '/settings/replies/01890000-0000-7000-8000-00000000000b'

test('a supervisor writes a macro on its page, sees it filled in, and removes it', async () => {
  const vera = visitor(desk, 'vera')
  expect((await vera.open('/settings')).text).toContain('href="/settings/replies"')
  expect((await vera.open(`${REPLY}?new=1`)).status).toBe(200)
  const fields = {
    act: 'save',
    title: 'Broken jar',
    text: 'Hello {first_name}',
    scope: 'workspace',
    sending: 'solve',
    tags: 'broken, jar',
    'text-de': 'Hallo',
  }
  const saved = await vera.send(REPLY, fields)
  expect(saved).toMatchObject({ status: 200, path: '/settings/replies?saved=1' })
  expect(saved.text).toContain('Broken jar')
  expect((await desk.as('nora').call(listSavedReplies, {})).items).toMatchObject([
    { title: 'Broken jar', variants: { de: 'Hallo' }, acts: { sending: 'solve', tags: ['broken', 'jar'] } },
  ])
  expect((await vera.open(REPLY)).text).toContain('Hello Ada')
  await vera.send(REPLY, { ...fields, act: 'remove' })
  expect((await desk.as('nora').call(listSavedReplies, {})).items).toEqual([])
})

test('a saved reply without a title comes back with its text, and an agent writes for themselves', async () => {
  const nora = visitor(desk, 'nora')
  const refused = await nora.send(REPLY, { act: 'save', title: '', text: 'My long text', scope: 'own' })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('My long text')
  const foreign = await nora.send(REPLY, { act: 'save', title: 'For all', text: 'Text', scope: 'workspace' })
  expect(foreign.status).toBe(403)
  expect(foreign.text).toContain('Save it as your own')
})

test('an admin sets what happens after sending and when tickets close; what is no number is refused', async () => {
  const ada = visitor(desk, 'ada')
  await ada.send('/settings/sending', { 'kind-billing': 'keep', 'hours-billing': '8', 'kind-other': 'usual' })
  expect((await desk.as('ada').call(getSendingRules, {})).items).toEqual([
    { category: 'billing', kind: 'keep', hours: 8 },
  ])
  await ada.send('/settings/sending', { closing: '1', closeSolved: '7', remindPending: '3', closeReminded: '' })
  expect(await desk.as('ada').call(getClosing, {})).toMatchObject({
    closeSolved: 7,
    remindPending: 3,
    closeReminded: null,
  })
  const refused = await ada.send('/settings/sending', { closing: '1', closeSolved: 'soon' })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('Days: write a whole number')
  expect((await ada.open('/settings/changes')).text).toContain('Closing and reminding')
})

test('a layout needs a place for the answer; an agent has a signature and no layout', async () => {
  const vera = visitor(desk, 'vera')
  const refused = await vera.send('/settings/templates', { language: 'de', layout: 'Ohne Platz', html: '' })
  expect(refused.status).toBe(400)
  expect(refused.text).toContain('Ohne Platz')
  await vera.send('/settings/templates', { language: 'de', layout: 'FERN {text}', html: '' })
  expect((await desk.as('vera').call(listTemplates, {})).items).toMatchObject([
    { language: 'de', layout: 'FERN {text}' },
  ])
  const nora = visitor(desk, 'nora')
  await nora.send('/settings/templates/signature', { text: 'Nora of Fern' }, '/settings/templates')
  const shown = await nora.open('/settings/templates')
  expect(shown.text).toContain('Nora of Fern')
  expect(shown.text).not.toContain('Save the layout')
  await nora.send('/settings/templates/signature', { text: 'Nora' }, '/settings/templates')
  const changes = (await visitor(desk, 'ada').open('/settings/changes')).text.replace(/<[^>]*>/g, '')
  expect(changes).toMatch(/signature\s?: Nora \(was Nora of Fern\)/)
})

test('a macro gives its ticket to a person of the team; who has left by then gets nothing', async () => {
  const vera = visitor(desk, 'vera')
  const fields = {
    act: 'save',
    title: 'For Sam',
    text: 'Sam looks at it.',
    scope: 'workspace',
    assign: desk.staff.sam.id,
  }
  const path = '/settings/replies/01890000-0000-7000-8000-00000000000c'
  expect((await vera.send(path, fields)).status).toBe(200)
  expect((await vera.open(path)).text).toMatch(/<option value="[^"]+" selected>Sam<\/option>/)
  const leaver = await vera.send(path, { ...fields, assign: desk.staff.frank.id })
  expect(leaver).toMatchObject({ status: 400, text: expect.stringContaining('does not work on tickets any more') })
})

test('what a customer is asked is written for each language on the page, ours stands in the empty ones', async () => {
  const ada = visitor(desk, 'ada')
  const shown = await ada.open('/settings/sending')
  expect(shown.text).toContain('Beste {customer}')
  await ada.send('/settings/sending', { texts: '1', 'text-de': 'Hallo {customer}, noch Fragen?' })
  expect(await desk.as('ada').call(getClosing, {})).toMatchObject({
    closeSolved: 7,
    texts: { de: 'Hallo {customer}, noch Fragen?' },
  })
  const long = await ada.send('/settings/sending', { texts: '1', 'text-de': 'x'.repeat(5_001) })
  expect(long).toMatchObject({ status: 400, text: expect.stringContaining('5,000 characters at most') })
})

test('a layout is previewed as mail programs show it, without what acts or loads', async () => {
  const vera = visitor(desk, 'vera')
  const layout = {
    language: 'fr',
    layout: '{text}',
    html: '<h1 style="color: green">Fern</h1><img src="https://spy.example/x">{text}',
  }
  const { text } = await vera.send('/settings/templates', layout)
  expect(text).toContain('<h1 style="color: green">Fern</h1>Hello Ada,<br>')
  expect(text).not.toContain('<img')
})
