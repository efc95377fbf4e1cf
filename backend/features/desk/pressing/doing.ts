import type { ErrorCode } from '../../../../shared/errors.ts'
import { PanelCard } from '../../../../shared/panel.ts'
import { TicketCardView } from '../../../../shared/tickets.ts'
import { DeskError } from '../../../platform/errors.ts'
import { type Caller, send } from '../api.ts'
import { bodyOf, keyOf } from './bodies.ts'
import { actField, type FormPress, readPress } from './form-press.ts'
import { isChanged, textOf } from './typed.ts'

/** What a press came to: a ticket as it stands now, a card, or nothing to show. */
export type Came = { ticketId: string | null; version: number | null; card: PanelCard | null }

/**
 * Does what a button says, and before it the drop-downs beside it that were changed.
 * @throws DeskError as the API would
 */
export async function doPress(caller: Caller, press: FormPress, form: URLSearchParams): Promise<Came> {
  refuseEmpty(press, form)
  let version: number | null = null
  for (const name of press.first) {
    const choice = isChanged(form, name) ? readPress(form.get(actField(name)) ?? '') : null
    if (!choice) continue
    const came = await sendPress(caller, { ...choice, key: `${choice.key}-${name}` }, { form, version })
    version = came.version ?? version
  }
  return sendPress(caller, press, { form, version })
}

function refuseEmpty({ needs }: FormPress, form: URLSearchParams): void {
  if (needs.some((name) => textOf(form, name).trim() === ''))
    throw new DeskError('invalid_request', 'Nothing is written yet. Write it, then press again.')
}

async function sendPress(
  caller: Caller,
  press: FormPress,
  { form, version }: { form: URLSearchParams; version: number | null },
): Promise<Came> {
  const { method, path } = press
  const body = bodyOf(press, form, version)
  const { endpoint, reply } = await send(caller, { method, path, body, key: keyOf(press, body) })
  const card = endpoint.reply === PanelCard ? (reply as PanelCard) : null
  const ticket = endpoint.reply === TicketCardView ? (reply as TicketCardView) : null
  return { card, ticketId: ticket?.id ?? null, version: ticket?.version ?? null }
}

/** Where the words of the API are for programs. */
const SAID: Partial<Record<ErrorCode, string>> = {
  idempotency_key_reused:
    'Something was already saved from that page. This is the newest state; look before you press again.',
}

/** A refusal in words: of fields what is wrong with them, not where they stand in a body. */
export const wordsOf = ({ code, fields, message }: DeskError): string =>
  SAID[code] ?? (fields && fields.length > 0 ? [...new Set(fields.map((field) => field.message))].join(' ') : message)
