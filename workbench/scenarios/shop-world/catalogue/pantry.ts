import { choice, ware } from './product.ts'

export const pantry = [
  choice(
    'fig-jam',
    { title: 'Fig jam', kind: 'Pantry', picture: { shape: 'jar', hue: 325 } },
    {
      small: { name: '230 g', price: 590, cost: 190, stock: 140, grams: 410 },
      large: { name: '450 g', price: 980, cost: 320, stock: 64, grams: 720 },
    },
  ),
  ware(
    'fig-mustard',
    { title: 'Fig mustard', kind: 'Pantry', picture: { shape: 'jar', hue: 42 } },
    { price: 590, cost: 185, stock: 83, grams: 330 },
  ),
  ware(
    'fig-salami',
    { title: 'Fig salami', kind: 'Pantry', picture: { shape: 'roll', hue: 350 } },
    { price: 750, cost: 260, stock: 51, grams: 260 },
  ),
  ware(
    'rosemary-crackers',
    { title: 'Rosemary crackers', kind: 'Pantry', picture: { shape: 'box', hue: 38 } },
    { price: 420, cost: 120, stock: 210, grams: 180 },
  ),
  choice(
    'olive-oil',
    { title: 'Olive oil', kind: 'Pantry', picture: { shape: 'tin', hue: 75 } },
    {
      bottle: { name: '500 ml bottle', price: 1400, cost: 510, stock: 96, grams: 920 },
      tin: { name: '3 l tin', price: 4200, cost: 1740, stock: 22, grams: 3100 },
    },
  ),
  choice(
    'heather-honey',
    { title: 'Heather honey', kind: 'Pantry', picture: { shape: 'jar', hue: 35 } },
    {
      small: { name: '250 g', price: 780, cost: 290, stock: 74, grams: 430 },
      large: { name: '500 g', price: 1390, cost: 540, stock: 38, grams: 790 },
    },
  ),
  ware(
    'pear-chutney',
    { title: 'Pear and ginger chutney', kind: 'Pantry', picture: { shape: 'jar', hue: 60 } },
    { price: 620, cost: 210, stock: 90, grams: 390 },
  ),
  choice(
    'orchard-tea',
    { title: 'Orchard tea', kind: 'Pantry', picture: { shape: 'tin', hue: 12 } },
    {
      loose: { name: 'Loose leaf, 100 g', price: 680, cost: 210, stock: 57, grams: 160 },
      bags: { name: '20 bags', price: 540, cost: 170, stock: 88, grams: 90 },
    },
  ),
  choice(
    'cheese-box',
    { title: 'Cheese box', kind: 'Fresh', picture: { shape: 'box', hue: 48 } },
    {
      small: { name: 'For two', price: 3200, cost: 1380, stock: 14, grams: 900 },
      large: { name: 'For six', price: 5400, cost: 2310, stock: 9, grams: 2100 },
    },
  ),
  ware(
    'dried-figs',
    { title: 'Box of dried figs', kind: 'Fresh', picture: { shape: 'box', hue: 310 } },
    { price: 1850, cost: 720, stock: 47, grams: 1100 },
  ),
  ware(
    'pears',
    { title: 'Box of pears', kind: 'Fresh', picture: { shape: 'box', hue: 85 } },
    { price: 2900, cost: 1150, stock: 18, grams: 3300 },
  ),
]
