import * as contract from '../../../shared/tasks.ts'
import type { Ctx } from '../../context.ts'
import type { Actor } from '../../platform/actor.ts'
import { type Route, route } from '../../platform/route.ts'
import { inWorkspace, type Tx } from '../../platform/tenancy.ts'
import type { Place } from './cards.ts'
import { turn } from './finishing.ts'
import { listOf, type TaskList, tasksIn } from './listing.ts'
import { changeTask, makeTask } from './making.ts'
import { nameOf, type Owner } from './owners.ts'
import { showList, showOwner, showTask, submitChange, submitNew, turnOnCard } from './showing.ts'

const ofTicket = (id: string): Owner => ({ kind: 'ticket', id })
const ofCustomer = (id: string): Owner => ({ kind: 'customer', id })
const placeIn = ({ on, ticket }: { on: Place['on']; ticket?: string | undefined }): Place => ({
  on,
  ticketId: ticket ?? null,
})

type Asked = { cursor?: string | undefined; limit: number; state: 'open' | 'done' }

const ownersTasks = (ctx: Ctx, owner: Owner, { state, ...asked }: Asked, actor: Actor) =>
  reading(ctx, actor, async (tx) => {
    await nameOf(tx, owner)
    return tasksIn(ctx, tx, { ...owner, state } satisfies TaskList, asked)
  })

const reading = <T>(ctx: Ctx, actor: Actor, work: (tx: Tx) => Promise<T>) =>
  inWorkspace(ctx, actor.workspaceId, work, { reads: true })
const writing = <T>(ctx: Ctx, actor: Actor, work: (tx: Tx) => Promise<T>) => inWorkspace(ctx, actor.workspaceId, work)

export const taskRoutes: readonly Route<Ctx>[] = [
  route(contract.listTasks, (ctx: Ctx, { query: { whose, ...asked }, actor }) =>
    reading(ctx, actor, (tx) => tasksIn(ctx, tx, listOf(whose, actor.id), asked)),
  ),
  route(contract.listTicketTasks, (ctx: Ctx, { params, query, actor }) =>
    ownersTasks(ctx, ofTicket(params.ticketId), query, actor),
  ),
  route(contract.listCustomerTasks, (ctx: Ctx, { params, query, actor }) =>
    ownersTasks(ctx, ofCustomer(params.customerId), query, actor),
  ),
  route(contract.makeTicketTask, (ctx: Ctx, { params, body, actor }) =>
    writing(ctx, actor, (tx) => makeTask(ctx, tx, ofTicket(params.ticketId), body, actor)),
  ),
  route(contract.makeCustomerTask, (ctx: Ctx, { params, body, actor }) =>
    writing(ctx, actor, (tx) => makeTask(ctx, tx, ofCustomer(params.customerId), body, actor)),
  ),
  route(contract.changeTask, (ctx: Ctx, { params, body, actor }) =>
    writing(ctx, actor, (tx) => changeTask(ctx, tx, params.taskId, body, actor)),
  ),
  route(contract.finishTask, (ctx: Ctx, { params, actor }) =>
    writing(ctx, actor, (tx) => turn(ctx, tx, params.taskId, true, actor)),
  ),
  route(contract.reopenTask, (ctx: Ctx, { params, actor }) =>
    writing(ctx, actor, (tx) => turn(ctx, tx, params.taskId, false, actor)),
  ),
  route(contract.showTasks, (ctx: Ctx, { query, actor }) => showList(ctx, query, actor)),
  route(contract.showTicketTasks, (ctx: Ctx, { params, actor }) =>
    showOwner(ctx, ofTicket(params.ticketId), null, actor),
  ),
  route(contract.submitTicketTask, (ctx: Ctx, { params, body, actor }) =>
    submitNew(ctx, { owner: ofTicket(params.ticketId), ticketId: null, actor }, body.fields),
  ),
  route(contract.showCustomerTasks, (ctx: Ctx, { params, query, actor }) =>
    showOwner(ctx, ofCustomer(params.customerId), query.ticket ?? null, actor),
  ),
  route(contract.submitCustomerTask, (ctx: Ctx, { params, query, body, actor }) =>
    submitNew(ctx, { owner: ofCustomer(params.customerId), ticketId: query.ticket ?? null, actor }, body.fields),
  ),
  route(contract.turnTask, (ctx: Ctx, { params, query, actor }) =>
    turnOnCard(ctx, { taskId: params.taskId, done: query.done === 'yes' }, placeIn(query), actor),
  ),
  route(contract.showTask, (ctx: Ctx, { params, query, actor }) => showTask(ctx, params.taskId, placeIn(query), actor)),
  route(contract.submitTask, (ctx: Ctx, { params, query, body, actor }) =>
    submitChange(ctx, { taskId: params.taskId, version: query.version, typed: body.fields }, placeIn(query), actor),
  ),
]
