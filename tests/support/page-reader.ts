import type { Desk, StaffName } from './desk.ts'
import { type Shown, visitor } from './visitor.ts'

const ATTRIBUTES = String.raw`((?:\s+[\w:-]+(?:="[^"]*")?)*)`
const FIELD = new RegExp(
  String.raw`<input${ATTRIBUTES}\s*/?>|<textarea${ATTRIBUTES}>([\s\S]*?)</textarea>|<select${ATTRIBUTES}>([\s\S]*?)</select>`,
  'g',
)
const OPTION = new RegExp(`<option${ATTRIBUTES}>`, 'g')
const BUTTON = new RegExp(String.raw`<button${ATTRIBUTES}>([\s\S]*?)</button>`, 'g')
const FORM = new RegExp(String.raw`<form${ATTRIBUTES}>([\s\S]*?)</form>`, 'g')

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** The value of an attribute; null without it. */
function attribute(attributes: string, name: string): string | null {
  const found = new RegExp(String.raw`\s${name}(?:="([^"]*)")?(?=\s|$)`).exec(attributes)
  return found && unescaped(found[1] ?? '')
}

/** What a reader reads of a piece of a page. */
export const wordsIn = (html: string): string =>
  unescaped(html.replace(/<style>[\s\S]*?<\/style>/g, '').replace(/<[^>]+>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim()

type Typed = Record<string, string | readonly string[]>
type Button = { words: string; name: string; value: string; action: string | null; off: boolean }
type Form = { action: string; inside: string; buttons: Button[] }

const formsIn = (html: string): Form[] =>
  [...html.matchAll(FORM)].map(([, attributes = '', inside = '']) => ({
    action: attribute(attributes, 'action') ?? '',
    inside,
    buttons: [...inside.matchAll(BUTTON)].map(([, own = '', words = '']) => ({
      words: wordsIn(words),
      name: attribute(own, 'name') ?? '',
      value: attribute(own, 'value') ?? '',
      action: attribute(own, 'formaction'),
      off: attribute(own, 'disabled') !== null,
    })),
  }))

/** All that a browser would send of a form, but for its button. */
function fieldsOf(inside: string): [string, string][] {
  return [...inside.matchAll(FIELD)].flatMap(([, input, area, text, select, options]): [string, string][] => {
    if (input !== undefined) return inputOf(input)
    if (area !== undefined) return [[attribute(area, 'name') ?? '', unescaped(text ?? '')]]
    const all = [...(options ?? '').matchAll(OPTION)].map(([, own = '']) => own)
    const chosen = all.find((own) => attribute(own, 'selected') !== null) ?? all[0] ?? ''
    return [[attribute(select ?? '', 'name') ?? '', attribute(chosen, 'value') ?? '']]
  })
}

function inputOf(input: string): [string, string][] {
  const isOff = attribute(input, 'type') === 'checkbox' && attribute(input, 'checked') === null
  return isOff ? [] : [[attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']]
}

/** Somebody of the staff before the desk's pages, who presses what a page offers with all that its form holds, as a browser without a script. */
export function pageReader(desk: Pick<Desk, 'url' | 'staff'>, name: StaffName) {
  const browser = visitor(desk, name)
  let shown: Shown | null = null

  const page = (): Shown => {
    if (!shown) throw new Error(`${name} has opened no page`)
    return shown
  }

  /** What a press would send. */
  function sending(label: string | RegExp, typed: Typed = {}): { path: string; fields: URLSearchParams } {
    const isIt = ({ words }: Button) => (typeof label === 'string' ? words === label : label.test(words))
    const form = formsIn(page().text).find(({ buttons }) => buttons.some(isIt))
    const button = form?.buttons.find(isIt)
    if (!form || !button) throw new Error(`There is no button ${label} on: ${wordsIn(page().text).slice(0, 2_000)}`)
    if (button.off) throw new Error(`The button ${label} cannot be pressed`)
    const drawn = fieldsOf(form.inside).filter(([field]) => !(field in typed))
    const filled = Object.entries(typed).flatMap(([field, values]) =>
      [values].flat().map((value): [string, string] => [field, value]),
    )
    const fields = new URLSearchParams([...drawn, ...filled, [button.name, button.value]])
    return { path: button.action ?? form.action, fields }
  }

  return {
    browser,
    sending,
    page,
    /** What stands on the page, in words. */
    words: () => wordsIn(page().text.replace(/[\s\S]*<main>/, '')),
    async open(path: string): Promise<Shown> {
      shown = await browser.open(path)
      return shown
    },
    /** Presses a button, by its words. */
    async press(label: string | RegExp, typed: Typed = {}): Promise<Shown> {
      const { path, fields } = sending(label, typed)
      shown = await browser.post(path, fields)
      return shown
    },
    /** Follows a link, by its words. */
    async follow(label: string | RegExp): Promise<Shown> {
      const links = [...page().text.matchAll(/<a[^>]* href="([^"]*)"[^>]*>([\s\S]*?)<\/a>/g)]
      const found = links.find(([, , words = '']) =>
        typeof label === 'string' ? wordsIn(words) === label : label.test(wordsIn(words)),
      )
      if (!found) throw new Error(`There is no link ${label} on: ${wordsIn(page().text).slice(0, 2_000)}`)
      shown = await browser.open(unescaped(found[1] ?? ''))
      return shown
    },
    /** What the field of a form holds; null without such a field. */
    field: (field: string): string | null =>
      formsIn(page().text)
        .flatMap(({ inside }) => fieldsOf(inside))
        .find(([one]) => one === field)?.[1] ?? null,
  }
}
