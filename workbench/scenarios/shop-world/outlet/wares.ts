import { choice, type Ware, ware } from '../catalogue/product.ts'

/** What the outlet in Rotterdam sells off. Prices are in cents. */
export const outletWares: Ware[] = [
  ware(
    'outlet-jam',
    { title: 'Fig jam, old label', kind: 'Pantry', picture: { shape: 'jar', hue: 325 } },
    { price: 390, cost: 190, stock: 220, grams: 410 },
  ),
  ware(
    'outlet-tea',
    { title: 'Orchard tea, last year', kind: 'Pantry', picture: { shape: 'tin', hue: 12 } },
    { price: 350, cost: 200, stock: 64, grams: 160 },
  ),
  choice(
    'outlet-linen',
    { title: 'Linen napkins, seconds', kind: 'Table', picture: { shape: 'cloth', hue: 80 } },
    {
      natural: { name: 'Natural', price: 1900, cost: 1100, stock: 7, grams: 420 },
      rose: { name: 'Rose', price: 1900, cost: 1100, stock: 0, grams: 420 },
    },
  ),
  ware(
    'outlet-basket',
    { title: 'Wicker hamper, small flaws', kind: 'Table', picture: { shape: 'basket', hue: 35 } },
    { price: 1500, cost: 900, stock: 18, grams: 1200 },
  ),
]
