import { findingGiftCards } from './finding.ts'
import { giftCardResource } from './gift-card.ts'
import { issuingGiftCards } from './issuing.ts'
import { giftCardMoney } from './moving-money.ts'
import { giftCardNotices } from './notifying.ts'

export const giftCardResources = [giftCardResource, findingGiftCards, issuingGiftCards, giftCardMoney, giftCardNotices]
