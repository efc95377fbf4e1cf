import { z } from 'zod'
import type { ShopTransaction } from '../shop-order.ts'
import { Both, Gid, Instant } from './values.ts'

const PaymentDetails = z.object({
  company: z.string().nullish(),
  number: z.string().nullish(),
  paymentMethodName: z.string().nullish(),
})

export const Transaction = z
  .object({
    id: Gid,
    kind: z.string(),
    status: z.string(),
    gateway: z.string().nullable(),
    formattedGateway: z.string().nullable(),
    manualPaymentGateway: z.boolean(),
    createdAt: Instant,
    processedAt: Instant.nullable(),
    errorCode: z.string().nullable(),
    amountSet: Both,
    parentTransaction: z.object({ id: Gid }).nullable(),
    paymentDetails: PaymentDetails.nullable(),
  })
  .transform(
    (transaction): ShopTransaction => ({
      id: transaction.id,
      kind: transaction.kind,
      status: transaction.status,
      gateway: transaction.gateway ?? transaction.formattedGateway,
      manual: transaction.manualPaymentGateway,
      amount: transaction.amountSet,
      at: transaction.processedAt ?? transaction.createdAt,
      parentId: transaction.parentTransaction?.id ?? null,
      errorCode: transaction.errorCode,
      method: methodOf(transaction.paymentDetails),
    }),
  )

/** Card numbers come masked, `•••• •••• •••• 4242`: only the digits are kept. */
function methodOf(details: z.infer<typeof PaymentDetails> | null): ShopTransaction['method'] {
  const name = details?.company ?? details?.paymentMethodName ?? null
  const lastDigits = details?.number?.replace(/\D/g, '').slice(-4) || null
  return name || lastDigits ? { name, lastDigits } : null
}
