import type { Command } from 'commander'
import { markDone, type PrivacyRequestRow, privacyRequests, tellOf } from '../../features/orders/index.ts'
import { inWorkspace } from '../../platform/tenancy.ts'
import { chosenWorkspace, type OfWorkspace, workspaceOption } from '../choosing.ts'
import { withDesk } from '../desk.ts'
import { CommandRefused } from '../failing.ts'
import { printTable } from '../table.ts'

export function privacyCommands(shop: Command): void {
  const privacy = shop.command('privacy').description('requests of customers, through Shopify, to be told or forgotten')
  privacy.command('list').description('all of them, the nearest day first').addOption(workspaceOption()).action(list)
  const act = (name: string, description: string) =>
    privacy.command(name).argument('<id>').description(description).addOption(workspaceOption())
  act('export', 'prints what is kept about the customer, as JSON, to be sent to them').action(print)
  act('done', 'marks a request as answered; whom it was about is forgotten with it').action(done)
}

const list = ({ workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    const requests = await inWorkspace(ctx, id, privacyRequests, { reads: true })
    const rows = requests.map((one) => [
      one.id,
      one.shop,
      ASKS[one.kind],
      one.customer ?? '',
      day(one.askedAt),
      stateOf(one),
    ])
    printTable(['id', 'shop', 'asks', 'customer', 'asked', 'state'], rows, 'Nobody has asked for anything.')
    if (requests.some(({ kind, doneAt }) => kind === 'data_request' && doneAt === null))
      console.log(
        '\nTo tell: npm run --silent admin -- shop privacy export ID > customer.json, send it, then: npm run admin -- shop privacy done ID',
      )
  })

const ASKS: Record<PrivacyRequestRow['kind'], string> = {
  data_request: 'to be told',
  customer_redact: 'to forget the customer',
  shop_redact: 'to forget the shop',
}

const day = (at: Date) => at.toISOString().slice(0, 10)
const stateOf = ({ doneAt, dueAt }: PrivacyRequestRow) => (doneAt ? `done ${day(doneAt)}` : `due ${day(dueAt)}`)

const print = (given: string, { workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    console.log(JSON.stringify(await tellOf(ctx, id, requestId(given)), null, 2))
  })

const done = (given: string, { workspace }: OfWorkspace) =>
  withDesk(async (ctx) => {
    const { id } = await chosenWorkspace(ctx, workspace)
    await markDone(ctx, id, requestId(given))
    console.log('Marked as done.')
  })

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function requestId(given: string): string {
  if (UUID.test(given)) return given
  throw new CommandRefused('A request is named by its id: npm run admin -- shop privacy list')
}
