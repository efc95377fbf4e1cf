import {
  addWebhook as addEndpoint,
  changeWebhook as changeEndpoint,
  changeWebhookSecret as changeSecretEndpoint,
  listWebhookDeliveries,
  listWebhooks,
  removeWebhook as removeEndpoint,
  repeatWebhookDelivery,
  testWebhook,
} from '../../../shared/webhooks.ts'
import type { Ctx } from '../../context.ts'
import { route } from '../../platform/route.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { addWebhook, changeWebhook, changeWebhookSecret, removeWebhook, webhooksIn } from './keeping.ts'
import { deliveriesOf } from './listing.ts'
import { sendAgain, sendTest } from './sending-again.ts'

export const webhookRoutes = [
  route(listWebhooks, async (ctx: Ctx, { actor }) => ({
    items: await inWorkspace(ctx, actor.workspaceId, webhooksIn, { reads: true }),
  })),
  route(addEndpoint, (ctx: Ctx, { body, actor }) => addWebhook(ctx, body, actor)),
  route(changeEndpoint, (ctx: Ctx, { params, body, actor }) => changeWebhook(ctx, params.webhookId, body, actor)),
  route(changeSecretEndpoint, (ctx: Ctx, { params, actor }) => changeWebhookSecret(ctx, params.webhookId, actor)),
  route(removeEndpoint, async (ctx: Ctx, { params, actor }) => {
    await removeWebhook(ctx, params.webhookId, actor)
    return { removed: true }
  }),
  route(testWebhook, (ctx: Ctx, { params, actor }) => sendTest(ctx, params.webhookId, actor)),
  route(listWebhookDeliveries, (ctx: Ctx, { params, query, actor }) =>
    deliveriesOf(ctx, actor.workspaceId, params.webhookId, query),
  ),
  route(repeatWebhookDelivery, (ctx: Ctx, { params, actor }) =>
    sendAgain(ctx, params.webhookId, params.deliveryId, actor),
  ),
]
