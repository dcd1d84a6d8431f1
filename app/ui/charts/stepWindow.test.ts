import { expect, it } from 'vitest'
import { stepWindow } from './stepWindow'

const plot = { left: 100, width: 400, x: (step: number) => 100 + step }

it('a window lies where its steps do', () => {
  expect(stepWindow(plot, { from: 50, to: 250 })).toEqual({ left: 150, width: 200 })
})

it('a single step can be seen, at the end of the chart too', () => {
  expect(stepWindow(plot, { from: 50, to: 50 })).toEqual({ left: 150, width: 4 })
  expect(stepWindow(plot, { from: 400, to: 400 })).toEqual({ left: 496, width: 4 })
})

it('a window ends with the chart', () => {
  expect(stepWindow(plot, { from: -20, to: 900 })).toEqual({ left: 100, width: 400 })
})
