import { moneyIn } from '../graphql/decimal.ts'
import { typeOf } from '../graphql/gid.ts'
import { connectionOf, type PageArgs } from '../graphql/pages.ts'
import { refused, type UserError, userError } from '../graphql/refusal.ts'
import type { Ctx, Resource } from '../graphql/resource.ts'
import { put } from '../store/entries.ts'
import type { StoreCreditRecord } from '../store/records/customers.ts'
import type { Gid, Instant } from '../store/records/ids.ts'
import type { Money } from '../store/records/money.ts'
import { customerIn } from './customers/standing.ts'

interface MoneyInput {
  amount: string
  currencyCode: string
}

type Movement = StoreCreditRecord['transactions'][number]

/** Neither a key nor a note: an answer that was lost cannot be looked up (facts/shopify-meta.md 1.9). */
export const storeCreditResource: Resource = {
  queries: {
    storeCreditAccount: (_: unknown, { id }: { id: Gid }, { shop }) => shop.tables.storeCredits.get(id) ?? null,
  },
  mutations: {
    storeCreditAccountCredit: (
      _: unknown,
      { id, creditInput }: { id: Gid; creditInput: { creditAmount: MoneyInput; expiresAt?: Instant | null } },
      ctx,
    ) => credit(ctx, id, creditInput.creditAmount, creditInput.expiresAt ?? null),
    storeCreditAccountDebit: (
      _: unknown,
      { id, debitInput }: { id: Gid; debitInput: { debitAmount: MoneyInput } },
      ctx,
    ) => debit(ctx, id, debitInput.debitAmount),
  },
  types: {
    StoreCreditAccount: {
      owner: ({ customerId }: StoreCreditRecord, _: unknown, { shop }) => customerIn(shop, customerId),
      transactions: (account: StoreCreditRecord, args: PageArgs) =>
        connectionOf(
          account.transactions.map((one) => source(account.id, one)),
          args,
        ),
    },
    StoreCreditAccountTransaction: {
      account: ({ accountId }: ReturnType<typeof source>, _: unknown, { shop }) =>
        shop.tables.storeCredits.get(accountId),
      createdAt: ({ at }: Movement) => at,
      balanceAfterTransaction: ({ balanceAfter }: Movement) => balanceAfter,
      origin: () => null,
    },
    StoreCreditAccountCreditTransaction: { remainingAmount: ({ amount }: Movement) => amount },
  },
}

const source = (accountId: Gid, movement: Movement) => ({ ...movement, accountId })

function credit(ctx: Ctx, id: Gid, input: MoneyInput, expiresAt: Instant | null) {
  const amount = moneyIn(input.amount, input.currencyCode)
  const at = ['creditInput', 'creditAmount', 'amount']
  if (amount.minor <= 0)
    return refused(
      userError(at, 'A positive amount must be used to credit a store credit account', 'NEGATIVE_OR_ZERO_AMOUNT'),
    )
  if (expiresAt && expiresAt <= ctx.shop.at())
    return refused(
      userError(['creditInput', 'expiresAt'], 'The expiry date must be in the future', 'EXPIRES_AT_IN_PAST'),
    )
  const { currency, presentmentCurrencies = [] } = ctx.shop.seed
  if (![currency, ...presentmentCurrencies].includes(amount.currency))
    return refused(userError('id', 'The currency is not supported by the shop', 'UNSUPPORTED_CURRENCY'))
  const account = accountFor(ctx, id, amount)
  if ('message' in account) return refused(account)
  return move(ctx, account, amount, { name: 'StoreCreditAccountCreditTransaction', expiresAt })
}

function debit(ctx: Ctx, id: Gid, input: MoneyInput) {
  const amount = moneyIn(input.amount, input.currencyCode)
  const at = ['debitInput', 'debitAmount', 'amount']
  if (amount.minor <= 0)
    return refused(
      userError(at, 'A positive amount must be used to debit a store credit account', 'NEGATIVE_OR_ZERO_AMOUNT'),
    )
  const account = accountFor(ctx, id, amount, false)
  if ('message' in account) return refused(account)
  if (account.balance.minor < amount.minor)
    return refused(
      userError(
        at,
        'The store credit account does not have sufficient funds to satisfy the request',
        'INSUFFICIENT_FUNDS',
      ),
    )
  const taken = { ...amount, minor: -amount.minor }
  return move(ctx, account, taken, { name: 'StoreCreditAccountDebitTransaction', expiresAt: null })
}

/** A customer's id names the account in that currency; crediting opens one. */
function accountFor({ shop }: Ctx, id: Gid, { currency }: Money, opens = true): StoreCreditRecord | UserError {
  if (typeOf(id) === 'StoreCreditAccount') {
    const account = shop.tables.storeCredits.get(id)
    if (!account) return userError('id', "The store credit account can't be found", 'ACCOUNT_NOT_FOUND')
    if (account.balance.currency === currency) return account
    return userError('id', "The currency provided does not match the account's currency", 'MISMATCHING_CURRENCY')
  }
  if (!customerIn(shop, id)) return userError('id', "Owner can't be found", 'OWNER_NOT_FOUND')
  const account = shop.tables.storeCredits.by('customerId', id).find(({ balance }) => balance.currency === currency)
  if (account) return account
  if (!opens) return userError('id', "The store credit account can't be found", 'ACCOUNT_NOT_FOUND')
  return { id: shop.newGid('StoreCreditAccount'), customerId: id, balance: { minor: 0, currency }, transactions: [] }
}

function move(
  { shop, app }: Ctx,
  account: StoreCreditRecord,
  amount: Money,
  { name, expiresAt }: { name: string; expiresAt: Instant | null },
) {
  const balance = { ...account.balance, minor: account.balance.minor + amount.minor }
  const movement: Movement = {
    id: shop.newGid(name),
    at: shop.at(),
    amount,
    balanceAfter: balance,
    event: 'ADJUSTMENT',
    expiresAt,
  }
  const changed = { ...account, balance, transactions: [...account.transactions, movement] }
  const about = { subjectId: account.customerId, amount, by: app.clientId }
  shop.commit([put('storeCredits', changed), shop.effect('store-credit.moved', { ...about, words: 'Store credit' })])
  return { storeCreditAccountTransaction: source(account.id, movement), userErrors: [] }
}
