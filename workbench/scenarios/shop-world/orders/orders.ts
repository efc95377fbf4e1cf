import { abroad } from './abroad.ts'
import { damage } from './damage.ts'
import { delivery } from './delivery.ts'
import { earlier } from './earlier.ts'
import { everyday } from './everyday.ts'
import { gifts } from './gifts.ts'
import { mistakes } from './mistakes.ts'
import type { OrderStory } from './order-story.ts'
import { questions } from './questions.ts'

/** Every order of Fern & Fig in the order of their numbers: those the mails are about, and the days around them. */
export const orders: OrderStory[] = [
  ...damage,
  ...delivery,
  ...gifts,
  ...mistakes,
  ...questions,
  ...abroad,
  ...earlier,
  ...everyday,
].sort((one, other) => one.number - other.number)
