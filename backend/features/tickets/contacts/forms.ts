import type { z } from 'zod'
import { addCustomerAddress, ContactTicket, logContact, setHandleTime } from '../../../../shared/contacts.ts'
import type { PanelCard, PanelFields } from '../../../../shared/panel.ts'
import type { Ctx } from '../../../context.ts'
import type { Actor } from '../../../platform/actor.ts'
import { DeskError } from '../../../platform/errors.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { viewTicket } from '../viewing.ts'
import { addAddress } from './addressing.ts'
import { addressForm, contactForm, contactTicketCard, contactTicketForm, doneCard, handleTimeCard } from './cards.ts'
import { handleTimeOf, ownMinutes, setOwnTime } from './handle-time.ts'
import { logTalk } from './logging.ts'
import { callerIn, openContactTicket } from './opening.ts'

type Fields = PanelFields['fields']

const typedIn = (fields: Fields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, [value = '']]) => [name, value]))

/** Nothing is no minute; anything else has to be a whole number. */
const minutesIn = ({ minutes = '' }: Record<string, string>): number =>
  minutes.trim() === '' ? 0 : /^\s*\d+\s*$/.test(minutes) ? Number(minutes) : Number.NaN

/** Reads a form by the contract. @throws DeskError invalid_request with the first thing that is wrong, in words */
function read<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const words = issue?.path.at(-1) === 'minutes' ? 'Minutes: write a whole number, for example 12.' : issue?.message
  throw new DeskError('invalid_request', words ?? 'Something is missing.')
}

/** What is wrong, or refused, comes back with the form, as long as nothing was written. */
async function orAgain<T>(
  ctx: Ctx,
  reading: () => T,
  again: (problem: string) => Promise<PanelCard> | PanelCard,
  go: (value: T) => Promise<PanelCard>,
): Promise<PanelCard> {
  try {
    return await go(reading())
  } catch (error) {
    if (!(error instanceof DeskError) || ctx.claim?.taken) throw error
    return again(error.message)
  }
}

export function confirmNew(ctx: Ctx, fields: Fields, actor: Actor): Promise<PanelCard> {
  const typed = typedIn(fields)
  const { email = '', phone = '', name = '', channel = 'call', status = 'open', subject = '', text = '' } = typed
  const customer = { email: email.trim() || null, phone: phone.trim() || null, name: name.trim() || null }
  return orAgain(
    ctx,
    () => {
      const wish = read(ContactTicket, { customer, channel, status, subject, text, minutes: minutesIn(typed) })
      callerIn(wish.customer)
      return wish
    },
    (problem) => contactTicketForm({ typed, problem }),
    async (wish) => {
      const { ticketId, problems } = await openContactTicket(ctx, wish, actor)
      return contactTicketCard(await viewTicket(ctx, ticketId, actor), problems)
    },
  )
}

export const openTalk = async (ctx: Ctx, ticketId: string, actor: Actor): Promise<PanelCard> =>
  contactForm(await viewTicket(ctx, ticketId, actor), { typed: {}, problem: null })

export async function confirmTalk(ctx: Ctx, ticketId: string, fields: Fields, actor: Actor): Promise<PanelCard> {
  const ticket = await viewTicket(ctx, ticketId, actor)
  const typed = typedIn(fields)
  const { channel = 'call', text = '' } = typed
  return orAgain(
    ctx,
    () => read(logContact.body, { channel, text, minutes: minutesIn(typed) }),
    (problem) => contactForm(ticket, { typed, problem }),
    async (talk) => {
      const problems = await logTalk(ctx, ticketId, talk, actor)
      return doneCard(ticket, 'Logged', 'It is a note on the ticket; its time is counted.', problems)
    },
  )
}

export const openAddress = async (ctx: Ctx, ticketId: string, actor: Actor): Promise<PanelCard> =>
  addressForm(await viewTicket(ctx, ticketId, actor), { typed: {}, problem: null })

export async function confirmAddressOf(ctx: Ctx, ticketId: string, fields: Fields, actor: Actor): Promise<PanelCard> {
  const ticket = await viewTicket(ctx, ticketId, actor)
  const typed = typedIn(fields)
  return orAgain(
    ctx,
    () => read(addCustomerAddress.body, { email: (typed['email'] ?? '').trim() }),
    (problem) => addressForm(ticket, { typed, problem }),
    async ({ email }) => {
      await addAddress(ctx, ticketId, email, actor)
      return doneCard(ticket, 'Address added', `Answers to this ticket go to ${email}.`)
    },
  )
}

export async function openTimes(ctx: Ctx, ticketId: string, actor: Actor): Promise<PanelCard> {
  const { time, own } = await timesOf(ctx, ticketId, actor)
  const ticket = await viewTicket(ctx, ticketId, actor)
  return handleTimeCard(ticket, time, { own: ticket.me.mayWork && actor.kind === 'staff' ? own : null, problem: null })
}

const timesOf = (ctx: Ctx, ticketId: string, actor: Actor) =>
  inWorkspace(
    ctx,
    actor.workspaceId,
    async (tx) => ({
      time: await handleTimeOf(tx, ticketId),
      own: String(await ownMinutes(tx, ticketId, actor.id)),
    }),
    { reads: true },
  )

export async function confirmTimes(ctx: Ctx, ticketId: string, fields: Fields, actor: Actor): Promise<PanelCard> {
  const ticket = await viewTicket(ctx, ticketId, actor)
  const typed = typedIn(fields)
  const shown = async (own: string, problem: string | null, say: string | null) =>
    handleTimeCard(ticket, (await timesOf(ctx, ticketId, actor)).time, { own, problem, say })
  return orAgain(
    ctx,
    () => read(setHandleTime.body, { minutes: minutesIn(typed) }),
    (problem) => shown(typed['minutes'] ?? '', problem, null),
    async ({ minutes }) => {
      await setOwnTime(ctx, ticketId, minutes, actor)
      return shown(String(minutes), null, 'Time saved')
    },
  )
}
