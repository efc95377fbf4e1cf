import { abroad } from './shop/abroad.ts'
import { damage } from './shop/damage.ts'
import { delivery } from './shop/delivery.ts'
import { gifts } from './shop/gifts.ts'
import { machines } from './shop/machines.ts'
import { orders } from './shop/orders.ts'
import { questions } from './shop/questions.ts'
import type { Story } from './story.ts'

/** A few days at Fern & Fig, as its customers and agents wrote them. */
export const shopStories: Story[] = [...damage, ...delivery, ...orders, ...gifts, ...questions, ...abroad, ...machines]
