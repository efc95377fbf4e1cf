import { hashOf } from '../../../platform/crypto.ts'
import type { FormPress } from './form-press.ts'
import { namesIn, textOf, valuesOf, wasOf } from './typed.ts'

/** The fields that a press takes along, and what the body calls them. */
export const takenBy = ({ takes }: Pick<FormPress, 'takes'>): { name: string; as: string }[] =>
  takes.map((take) => {
    const [name = '', as = name] = take.split(':')
    return { name, as }
  })

type Body = Record<string, unknown>

/** What a press sends; undefined where its call has no body. @param version of the ticket, when the press before it made a new one */
export function bodyOf(press: FormPress, form: URLSearchParams, version: number | null): Body | undefined {
  const { kind, method, body, own } = press
  if (method === 'GET' || method === 'DELETE') return undefined
  if (kind === 'call') return { ...body, fields: fieldsOf(form, own ?? namesIn(form)) }
  const taken = takenBy(press).reduce((all, { name, as }) => put(all, as.split('.'), textOf(form, name)), body)
  return version !== null && 'version' in taken ? { ...taken, version } : taken
}

const put = (body: Body, [name = '', ...deeper]: string[], text: string): Body =>
  deeper.length === 0 ? { ...body, [name]: text } : { ...body, [name]: put((body[name] ?? {}) as Body, deeper, text) }

/** An emptied field is an empty list; one that was and is empty is left out, as a panel leaves out what nobody touched. */
const fieldsOf = (form: URLSearchParams, names: readonly string[]): Record<string, string[]> =>
  Object.fromEntries(
    names.flatMap((name) => {
      const values = valuesOf(form, name).filter((value) => value !== '')
      return values.length > 0 || wasOf(form, name) !== '' ? [[name, values]] : []
    }),
  )

/** A page of a form may be turned as often as one likes, each time with other words in it; with the same words it is the same turn. */
export const keyOf = ({ kind, method, key }: FormPress, body: unknown): string =>
  kind === 'call' && method === 'PUT' ? `${key}-${hashOf(JSON.stringify(body)).slice(0, 16)}` : key
