import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Command } from 'commander'
import { adminProgram } from '../../backend/admin/program.ts'
import { pages } from '../../backend/features.ts'
import {
  allGuides,
  anchorOf,
  anchorsOf,
  boldIn,
  commandsOf,
  isNamed,
  linksOf,
  quotedIn,
  ROOT,
  readGuide,
  wordsOfTheDesk,
} from '../support/guides.ts'

const FOLDER = 'docs/guides'
/** They name what stands on the screen: in bold what is pressed or chosen, in «» what is read. */
const OF_PEOPLE = [
  ...['agents', 'supervisors', 'admins', 'troubleshooting'],
  ...['desk', 'shifts', 'work-times', 'hand-over', 'wallboard', 'notices'],
].map((name) => `${FOLDER}/${name}.md`)

test('every link and every picture leads to something that is there, down to the heading', () => {
  const guides = allGuides()
  const anchors = new Map(guides.map((guide) => [guide.path, anchorsOf(guide)]))
  const broken = guides.flatMap((guide) =>
    linksOf(guide)
      .filter((link) => {
        const [to = '', heading] = link.split('#')
        const path = to === '' ? guide.path : normalize(join(dirname(guide.path), to))
        return !existsSync(join(ROOT, path)) || (heading !== undefined && !anchors.get(path)?.includes(heading))
      })
      .map((link) => `${guide.path}: ${link}`),
  )
  expect(guides.length).toBeGreaterThan(30)
  expect(broken).toEqual([])
})

test('the index leads to every guide, and every runbook', () => {
  const index = readGuide(`${FOLDER}/README.md`)
  const led = linksOf(index).map((link) => normalize(join(FOLDER, link)))
  const there = [FOLDER, 'docs/runbooks'].flatMap((folder) =>
    readdirSync(join(ROOT, folder)).map((name) => join(folder, name)),
  )
  expect(there.filter((page) => page !== index.path && !led.includes(page))).toEqual([])
})

test('every symptom is listed where the page begins', () => {
  const page = readGuide(`${FOLDER}/troubleshooting.md`)
  const [top = '', ...symptoms] = page.text.split(/^## /m)
  const headings = symptoms.map((section) => anchorOf(section.split('\n')[0] ?? ''))
  expect(headings.length).toBeGreaterThan(20)
  expect(linksOf({ ...page, text: top }).filter((link) => link.startsWith('#'))).toEqual(
    headings.map((one) => `#${one}`),
  )
})

test.each(OF_PEOPLE)('%s calls buttons, fields and pages as the desk calls them', (path) => {
  const desk = wordsOfTheDesk()
  const guide = readGuide(path)
  expect(boldIn(guide).length).toBeGreaterThan(3)
  expect([...new Set(boldIn(guide))].filter((words) => !isNamed(words, desk))).toEqual([])
})

test.each(OF_PEOPLE)('%s quotes only what the desk says', (path) => {
  const desk = wordsOfTheDesk().replaceAll('’', "'")
  const strange = quotedIn(readGuide(path)).filter((words) => !desk.includes(words.replaceAll('’', "'")))
  expect([...new Set(strange)]).toEqual([])
})

test('the guide for admins names every page under Settings', () => {
  const named = boldIn(readGuide(`${FOLDER}/admins.md`))
  const settings = pages.flatMap(({ menu }) => (typeof menu === 'object' && menu !== null ? [menu.word] : []))
  expect(settings.length).toBeGreaterThan(15)
  expect(settings.filter((word) => !named.includes(word))).toEqual([])
})

test('every command that a page names is there, with its options', () => {
  const commands = allGuides().flatMap((guide) => commandsOf(guide).map((command) => ({ path: guide.path, command })))
  expect(commands.length).toBeGreaterThan(50)
  expect(commands.filter(({ command }) => !isThere(command)).map(({ path, command }) => `${path}: ${command}`)).toEqual(
    [],
  )
})

const scripts: Record<string, string> = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).scripts

/** `npm run admin -- …` down to its last command, with its options; of everything else the script alone. */
function isThere(command: string): boolean {
  const [script = '', given = ''] = command.replace(/^npm (run )?(--silent )?/, '').split(' -- ')
  if (!(script.trim() in scripts)) return NOT_OURS.includes(script.split(' ')[0] ?? '')
  return script !== 'admin' || knows(adminProgram(), given.split(/\s+/))
}

/** A group of commands is named alone, or with an ellipsis for what is in it. */
function knows(command: Command, [word = '', ...more]: readonly string[]): boolean {
  const one = command.commands.find((each) => each.name() === word)
  if (one) return knows(one, more)
  const options = [word, ...more].filter((each) => each.startsWith('--'))
  const isWhole = command.commands.length === 0 || ['', '…'].includes(word) || word.startsWith('--')
  return (
    isWhole && options.every((option) => option === '--help' || command.options.some(({ long }) => long === option))
  )
}

/** Of npm itself. */
const NOT_OURS = ['install']

test('a picture of a guide for people is light enough to be looked at on a phone', () => {
  const pictures = OF_PEOPLE.flatMap((path) =>
    linksOf(readGuide(path))
      .filter((link) => link.endsWith('.png'))
      .map((link) => normalize(join(FOLDER, link))),
  )
  expect(pictures.length).toBeGreaterThan(10)
  expect(pictures.filter((picture) => statSync(join(ROOT, picture)).size > LIGHT_BYTES)).toEqual([])
})

const LIGHT_BYTES = 200_000

test('every picture of the documentation is shown by a page', () => {
  const shown = allGuides().flatMap((guide) => linksOf(guide).map((link) => normalize(join(dirname(guide.path), link))))
  const pictures = readdirSync(join(ROOT, 'docs/images')).map((name) => join('docs/images', name))
  expect(pictures.filter((picture) => !shown.includes(picture))).toEqual([])
})
