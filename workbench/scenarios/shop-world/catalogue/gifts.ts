import { choice, type Ware, ware } from './product.ts'

export const gifts: Ware[] = [
  ware(
    'autumn-hamper',
    { title: 'Autumn hamper', kind: 'Hampers', picture: { shape: 'basket', hue: 26 } },
    { price: 7900, cost: 3150, stock: 31, grams: 5200 },
  ),
  choice(
    'picnic-hamper',
    { title: 'Picnic hamper', kind: 'Hampers', picture: { shape: 'basket', hue: 95 } },
    {
      vegetarian: { name: 'Vegetarian', price: 6800, cost: 2640, stock: 12, grams: 4700 },
      meat: { name: 'With salami and terrine', price: 7200, cost: 2890, stock: 17, grams: 4900 },
    },
  ),
  ware(
    'get-well-basket',
    { title: 'Get well basket', kind: 'Hampers', picture: { shape: 'basket', hue: 150 } },
    { price: 4900, cost: 1870, stock: 15, grams: 2600 },
  ),
  choice(
    'meadow',
    { title: 'Meadow', kind: 'Flowers', picture: { shape: 'flower', hue: 290 } },
    {
      small: { name: 'Small', price: 2800, cost: 1090, stock: 20, grams: 700 },
      medium: { name: 'Medium', price: 3800, cost: 1480, stock: 20, grams: 1100 },
      large: { name: 'Large', price: 5200, cost: 2010, stock: 20, grams: 1600 },
    },
  ),
  ware(
    'winter-wreath',
    { title: 'Winter wreath', kind: 'Flowers', picture: { shape: 'flower', hue: 130 } },
    { price: 4400, cost: 1730, stock: 0, grams: 1300 },
  ),
  choice(
    'napkins',
    { title: 'Linen napkins, set of six', kind: 'Table', picture: { shape: 'cloth', hue: 80 } },
    {
      natural: { name: 'Natural', price: 3800, cost: 1320, stock: 19, grams: 420 },
      olive: { name: 'Olive', price: 3800, cost: 1320, stock: 26, grams: 420 },
      plum: { name: 'Plum', price: 3800, cost: 1320, stock: 4, grams: 420 },
    },
  ),
  ware(
    'wine-glasses',
    { title: 'Wine glasses, set of four', kind: 'Table', picture: { shape: 'glass', hue: 200 } },
    { price: 5800, cost: 2260, stock: 13, grams: 1500 },
  ),
  choice(
    'wicker',
    { title: 'Wicker hamper, empty', kind: 'Table', picture: { shape: 'basket', hue: 35 } },
    {
      small: { name: 'Small', price: 1700, cost: 680, stock: 12, grams: 800 },
      medium: { name: 'Medium', price: 2400, cost: 940, stock: 33, grams: 1200 },
      large: { name: 'Large', price: 3400, cost: 1310, stock: 21, grams: 1900 },
    },
  ),
  ware(
    'greeting-card',
    { title: 'Greeting card', kind: 'Table', picture: { shape: 'card', hue: 340 } },
    { price: 350, cost: 60, stock: 400, grams: 20 },
  ),
  {
    ...choice(
      'gift-card',
      { title: 'Gift card', kind: 'Gift cards', picture: { shape: 'card', hue: 160 } },
      {
        '25': { name: '£25', price: 2500, cost: 0, stock: 0, grams: 0 },
        '50': { name: '£50', price: 5000, cost: 0, stock: 0, grams: 0 },
        '75': { name: '£75', price: 7500, cost: 0, stock: 0, grams: 0 },
        '100': { name: '£100', price: 10000, cost: 0, stock: 0, grams: 0 },
      },
    ),
    giftCard: true,
  },
]
