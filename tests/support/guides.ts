import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))

/** A page of the documentation: where it lies, from the root, and what stands in it. */
export type Guide = { path: string; text: string }

export const readGuide = (path: string): Guide => ({ path, text: readFileSync(join(ROOT, path), 'utf8') })

/** Everything that people read here. */
export const allGuides = (): Guide[] =>
  ['.', 'workbench', ...foldersIn('docs')]
    .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => relative(ROOT, join(ROOT, folder, name))))
    .filter((path) => path.endsWith('.md'))
    .map(readGuide)

const foldersIn = (folder: string): string[] => [
  folder,
  ...readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => foldersIn(join(folder, name))),
]

/** Where its links and pictures lead that stay in this repository. */
export const linksOf = ({ text }: Guide): string[] =>
  [...withoutCode(text).matchAll(/\]\((?<to>[^)\s]+)\)/g)]
    .map(({ groups }) => groups?.['to'] ?? '')
    .filter((to) => !/^[a-z]+:/.test(to))

const withoutCode = (text: string): string => text.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '')

/** What its headings are called in an address, as the places where Markdown is read make it. */
export const anchorsOf = ({ text }: Guide): string[] =>
  [...withoutFences(text).matchAll(/^#{1,6} (?<words>.+)$/gm)].map(({ groups }) => anchorOf(groups?.['words'] ?? ''))

const withoutFences = (text: string): string => text.replaceAll(/^```[\s\S]*?^```/gm, '')

export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
    .replaceAll(' ', '-')

/** Commands of a terminal that stand in a code span or a code block, each to its end. */
export const commandsOf = ({ text }: Guide): string[] =>
  [...text.matchAll(/(?:^|`)(?<command>npm [^`\n|>#]+)/gm)].map(({ groups }) => groups?.['command']?.trim() ?? '')

/** A question, or a word with a colon, that begins a line of its own: no words of the screen. */
const LEADS_IN = /^(?:- |\d+\. )?\*\*[^*]+(?:\?\*\*|\*\*:)/gm

/** Words of buttons, fields and pages: what a guide writes in bold. */
export const boldIn = ({ text }: Guide): string[] =>
  [...text.replaceAll(LEADS_IN, '').matchAll(/\*\*(?<words>[^*]+)\*\*/g)].map(({ groups }) => groups?.['words'] ?? '')

/** Sentences of the screen: what a guide quotes, in pieces where an ellipsis stands for what differs. */
export const quotedIn = ({ text }: Guide): string[] =>
  [...text.matchAll(/«(?<words>[^»]+)»/g)]
    .flatMap(({ groups }) => (groups?.['words'] ?? '').split('…'))
    .map((piece) => piece.trim())
    .filter((piece) => piece.length > 2)

/** All that the desk can say: its sources, without the records of what it is asked for. */
export function wordsOfTheDesk(): string {
  const sources = [
    'addon',
    'shared',
    'backend/features',
    'backend/platform',
    'backend/browser',
    'backend/clients/objects',
  ]
  return sources
    .flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    )
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(ROOT, path), 'utf8'))
    .join('\n')
}

/** Whether something on a screen is called exactly so, and not only has these words in it. */
export const isNamed = (words: string, inSources: string): boolean =>
  new RegExp(`(?:['"\`>]|\\n\\s*)${words.replaceAll(/[.*+?^$()[\]{}|\\]/g, '\\$&')}(?=['"\`<]|\\s*\\(|\\s*\\n)`).test(
    inSources,
  )
