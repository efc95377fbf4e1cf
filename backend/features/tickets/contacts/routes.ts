import {
  addCustomerAddress,
  confirmAddress,
  confirmContact,
  confirmContactTicket,
  confirmHandleTime,
  createContactTicket,
  getHandleTime,
  logContact,
  openAddressForm,
  openContactForm,
  openContactTicketForm,
  openHandleTimeForm,
  setHandleTime,
} from '../../../../shared/contacts.ts'
import type { Ctx } from '../../../context.ts'
import { type Route, route } from '../../../platform/route.ts'
import { inWorkspace } from '../../../platform/tenancy.ts'
import { viewTicket } from '../viewing.ts'
import { addAddress } from './addressing.ts'
import { contactTicketForm } from './cards.ts'
import { confirmAddressOf, confirmNew, confirmTalk, confirmTimes, openAddress, openTalk, openTimes } from './forms.ts'
import { handleTimeOf, setOwnTime } from './handle-time.ts'
import { logTalk } from './logging.ts'
import { openContactTicket } from './opening.ts'

export const contactRoutes: readonly Route<Ctx>[] = [
  route(createContactTicket, async (ctx: Ctx, { body, actor }) =>
    viewTicket(ctx, (await openContactTicket(ctx, body, actor)).ticketId, actor),
  ),
  route(logContact, async (ctx: Ctx, { params, body, actor }) => {
    await logTalk(ctx, params.ticketId, body, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(addCustomerAddress, async (ctx: Ctx, { params, body, actor }) => {
    await addAddress(ctx, params.ticketId, body.email, actor)
    return viewTicket(ctx, params.ticketId, actor)
  }),
  route(getHandleTime, (ctx: Ctx, { params, actor }) =>
    inWorkspace(ctx, actor.workspaceId, (tx) => handleTimeOf(tx, params.ticketId), { reads: true }),
  ),
  route(setHandleTime, async (ctx: Ctx, { params, body, actor }) => {
    await setOwnTime(ctx, params.ticketId, body.minutes, actor)
    return inWorkspace(ctx, actor.workspaceId, (tx) => handleTimeOf(tx, params.ticketId), { reads: true })
  }),
  route(openContactTicketForm, async () => contactTicketForm({ typed: {}, problem: null })),
  route(confirmContactTicket, (ctx: Ctx, { body, actor }) => confirmNew(ctx, body.fields, actor)),
  route(openContactForm, (ctx: Ctx, { params, actor }) => openTalk(ctx, params.ticketId, actor)),
  route(confirmContact, (ctx: Ctx, { params, body, actor }) => confirmTalk(ctx, params.ticketId, body.fields, actor)),
  route(openAddressForm, (ctx: Ctx, { params, actor }) => openAddress(ctx, params.ticketId, actor)),
  route(confirmAddress, (ctx: Ctx, { params, body, actor }) =>
    confirmAddressOf(ctx, params.ticketId, body.fields, actor),
  ),
  route(openHandleTimeForm, (ctx: Ctx, { params, actor }) => openTimes(ctx, params.ticketId, actor)),
  route(confirmHandleTime, (ctx: Ctx, { params, body, actor }) =>
    confirmTimes(ctx, params.ticketId, body.fields, actor),
  ),
]
