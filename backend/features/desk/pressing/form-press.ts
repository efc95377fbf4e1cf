import { z } from 'zod'
import type { PanelPress } from '../../../../shared/panel.ts'

/**
 * What a button of a page says is to be done, as it stands in the form: a press of a card, with what a client of the panel knows besides.
 * Whoever changes it on its way meets the same checks as every caller of the API.
 */
export const FormPress = z.object({
  kind: z.enum(['call', 'change']),
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']),
  path: z.string().startsWith('/v1/').max(2_000),
  key: z.string().max(150).default(''),
  lay: z.enum(['update', 'push']).default('push'),
  body: z.record(z.string(), z.unknown()).default({}),
  /** `note:text` when the body has another name for it, `number:proof.number` when it stands deeper. */
  takes: z.array(z.string().max(200)).default([]),
  needs: z.array(z.string().max(100)).default([]),
  /** Fields that a call sends; null for all that were drawn. */
  own: z.array(z.string().max(100)).nullable().default(null),
  /** Drop-downs beside it that act: those that were changed are done before it. */
  first: z.array(z.string().max(100)).default([]),
  say: z.string().max(500).default(''),
})
export type FormPress = z.infer<typeof FormPress>

type OfForm = Extract<PanelPress, { kind: 'call' | 'change' }>

/** A press with what stands around it, as the value of a button. What is not said is left out: a page has dozens of them. */
export function pressValue(press: OfForm, around: Partial<Pick<FormPress, 'own' | 'first'>> = {}): string {
  const { own = null, first = [] } = around
  if (press.kind === 'call') {
    const { kind, method, path, key, lay } = press
    const sends = method === 'POST' || method === 'PUT'
    return written({ kind, method, path, ...(key && { key }), lay, ...(own && sends && { own }) })
  }
  const { kind, method, path, key, body, takes, needs = [], say } = press
  return written({
    kind,
    method,
    path,
    key,
    ...(Object.keys(body).length > 0 && { body }),
    ...(takes.length > 0 && { takes }),
    ...(needs.length > 0 && { needs }),
    ...(first.length > 0 && { first }),
    say,
  })
}

/** A press that no card has, because a page has more room. */
export const written = (press: z.input<typeof FormPress>): string => JSON.stringify(press)

/** The press of a drop-down stands in a field of its own, so that other buttons can do it first. */
export const actField = (name: string): string => `act.${name}`

/** @returns null for a form that was sent by the enter key, or by nothing of ours */
export function pressIn(form: URLSearchParams): FormPress | null {
  const pressed = form.get('press') ?? ''
  return readPress(pressed.startsWith('act.') ? (form.get(pressed) ?? '') : pressed)
}

export function readPress(text: string): FormPress | null {
  if (!text.startsWith('{')) return null
  try {
    return FormPress.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null // not written by us
    throw error
  }
}
