import { isFilledIn } from '../../settings/index.ts'

/** What was typed and chosen, by the name of its field; boxes have several values, or none. */
export type Typed = Readonly<Record<string, readonly string[]>>

/** Browsers send lines of a text with two characters at their ends. */
const plain = (text: string): string => text.replaceAll('\r\n', '\n')

export const textOf = (form: URLSearchParams, name: string): string => plain(form.get(name) ?? '')

export const valuesOf = (form: URLSearchParams, name: string): string[] => form.getAll(name).map(plain)

/** What a field held when it was drawn, written as one text: see wasField. */
export const wasOf = (form: URLSearchParams, name: string): string => textOf(form, `was.${name}`)

/** Names of all fields that people fill in, also of boxes of which none is ticked. */
export function namesIn(form: URLSearchParams): string[] {
  const names = [...form.keys()].flatMap((name) => {
    if (isFilledIn(name)) return [name]
    return name.startsWith('was.') ? [name.slice('was.'.length)] : []
  })
  return [...new Set(names)]
}

export const isChanged = (form: URLSearchParams, name: string): boolean =>
  valuesOf(form, name).join() !== wasOf(form, name)

/** All that was typed and chosen since the page was drawn, with what was taken along from a page before. */
export function typedIn(form: URLSearchParams): Typed {
  const changed = namesIn(form).filter((name) => isChanged(form, name))
  return { ...keptIn(form), ...Object.fromEntries(changed.map((name) => [name, valuesOf(form, name)])) }
}

/** What had been typed on the page of a ticket on which other pages lie. */
export const keptIn = (form: URLSearchParams): Typed =>
  Object.fromEntries(
    [...form].flatMap(([name, text]) =>
      name.startsWith('kept.') ? [[name.slice('kept.'.length), [plain(text)]]] : [],
    ),
  )

export const without = (typed: Typed, names: readonly string[]): Typed =>
  Object.fromEntries(Object.entries(typed).filter(([name]) => !names.includes(name)))

export const isNothing = (typed: Typed): boolean => Object.keys(typed).length === 0
