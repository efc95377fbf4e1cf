import { choice, ware } from './product.ts'

export const treats = [
  choice(
    'black-forest',
    { title: 'Black Forest chocolates', kind: 'Chocolate', picture: { shape: 'box', hue: 5 } },
    {
      small: { name: '16 pieces', price: 1950, cost: 690, stock: 41, grams: 260 },
      large: { name: '32 pieces', price: 3400, cost: 1240, stock: 23, grams: 500 },
    },
  ),
  choice(
    'chocolate-bar',
    { title: 'Chocolate with sea salt', kind: 'Chocolate', picture: { shape: 'bar', hue: 20 } },
    {
      dark: { name: 'Dark', price: 840, cost: 290, stock: 120, grams: 110 },
      milk: { name: 'Milk', price: 790, cost: 270, stock: 131, grams: 110 },
      white: { name: 'White', price: 790, cost: 270, stock: 77, grams: 110 },
    },
  ),
  ware(
    'truffles',
    { title: 'Hazelnut truffles', kind: 'Chocolate', picture: { shape: 'box', hue: 28 } },
    { price: 1600, cost: 560, stock: 52, grams: 220 },
  ),
  ware(
    'rioja',
    { title: 'Rioja 2018', kind: 'Wine', picture: { shape: 'bottle', hue: 345 } },
    { price: 1850, cost: 790, stock: 60, grams: 1350 },
  ),
  ware(
    'pomerol',
    { title: 'Pomerol 2019', kind: 'Wine', picture: { shape: 'bottle', hue: 355 } },
    { price: 4600, cost: 2150, stock: 11, grams: 1400 },
  ),
  ware(
    'elderflower',
    { title: 'Elderflower pressé', kind: 'Wine', picture: { shape: 'bottle', hue: 68 } },
    { price: 720, cost: 240, stock: 84, grams: 1200 },
  ),
]
