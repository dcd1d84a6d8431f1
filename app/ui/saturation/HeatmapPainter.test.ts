import { describe, expect, it } from 'vitest'
import type { MeasuredSpectrum } from '../../metrics/spectrum'
import type { HistoryColumn } from '../../runs/state'
import type { Plot } from '../charts/plot'
import { CellTable } from './cellTable'
import { saturationColours } from './colourScale'
import { HeatmapPainter, type HeatmapFills, type HeatmapScene } from './HeatmapPainter'

const width = 120
const height = 12
const rows = 3
const features = 20

/** A context that keeps what every pixel was last filled with; on whole pixels, as the painter promises. */
class PixelGrid {
  fillStyle: CanvasRenderingContext2D['fillStyle'] = ''
  filled = 0
  readonly pixels: unknown[][] = Array.from({ length: height }, () => Array.from({ length: width }, () => 'nothing'))

  fillRect(x: number, y: number, w: number, h: number): void {
    expect([x, y, w, h].every(Number.isInteger)).toBe(true)
    for (let row = y; row < y + h; row++) {
      for (let column = x; column < x + w; column++) {
        this.pixels[row]![column] = this.fillStyle
        this.filled++
      }
    }
  }

  clearRect(): void {
    for (const row of this.pixels) row.fill('nothing')
  }
}

const fills: HeatmapFills = {
  unmeasured: 'hatch',
  dead: 'dead',
  'non-finite': 'fault',
  'not-converged': 'doubt',
  unmatched: 'unmatched',
}
const plot: Plot = {
  left: 0,
  top: 0,
  width,
  height,
  x: (step) => (step / 240) * width,
  y: (value) => value,
  xAt: (pixel) => pixel,
  yAt: (pixel) => pixel,
}

function startPainter(changes: Partial<HeatmapScene<HistoryColumn>> = {}) {
  const grid = new PixelGrid()
  const scene: HeatmapScene<HistoryColumn> = {
    plot,
    rows: [0, 1, 2],
    missing: 'empty',
    table: new CellTable([features, features, features], 0.99, 'paper'),
    colourOf: saturationColours.sqrt,
    pixelRatio: 1,
    themeKey: '',
    ...changes,
  }
  return { grid, painter: new HeatmapPainter(grid, scene, fills) }
}

function spectrum(rank: number, state: MeasuredSpectrum['state'] = 'ok'): MeasuredSpectrum {
  const eigenvalues = Float32Array.from({ length: features }, (_, index) => (index < rank ? 1 : 0))
  return { eigenvalues, samples: 400, state, solver: 'jacobi', sweeps: 5, offDiagonalNorm: 0 }
}

function column(step: number): HistoryColumn {
  const spectra = [1, 2, 3].map((row) => spectrum(1 + ((step * row) % (features - 1))))
  return { step, spectra, heldOutLoss: undefined, heldOutAccuracy: undefined }
}

/** What a painter that starts with the whole history would show. */
function paintAtOnce(columns: readonly HistoryColumn[], heldUntil: number): unknown[][] {
  const { grid, painter } = startPainter()
  painter.paint(columns, heldUntil)
  return grid.pixels
}

describe('painting the heatmap', () => {
  const steps = [0, 3, 4, 11, 30, 31, 32, 90, 140, 200]

  it('column by column ends in the same picture as all at once', () => {
    const { grid, painter } = startPainter()
    const columns: HistoryColumn[] = []
    for (const step of steps) {
      columns.push(column(step))
      painter.paint([...columns], step)
      painter.paint(columns.slice(), step + 2)
    }
    expect(grid.pixels).toEqual(paintAtOnce(columns, 202))
  })

  it('shows a newest column that took the place of the last one', () => {
    const { grid, painter } = startPainter()
    const [first, second, replaced, replacement] = [column(0), column(50), column(100), column(110)]
    painter.paint([first, second, replaced], 105)
    painter.paint([first, second, replacement], 120)
    expect(grid.pixels).toEqual(paintAtOnce([first, second, replacement], 120))
  })

  it('starts anew when the history was thinned or is another one', () => {
    const { grid, painter } = startPainter()
    const columns = steps.map(column)
    painter.paint(columns, 210)
    const thinned = columns.filter((_, index) => index % 2 === 0)
    painter.paint(thinned, 210)
    expect(grid.pixels).toEqual(paintAtOnce(thinned, 210))
    painter.paint([column(0)], 4)
    expect(grid.pixels[0]!.at(-1)).toBe('hatch')
  })

  it('shows a history whose newest columns gave way to others, and one that became shorter', () => {
    const { grid, painter } = startPainter()
    const [first, second, third] = [column(0), column(50), column(100)]
    painter.paint([first, second, third, column(110), column(120)], 130)
    painter.paint([first, second, third, column(112), column(140)], 140)
    painter.paint([first, second, column(110), column(170)], 170)
    const longer = [first, second, column(110), column(180)]
    painter.paint(longer, 180)
    expect(grid.pixels).toEqual(paintAtOnce(longer, 180))
    painter.paint([first, second], 90)
    expect(grid.pixels).toEqual(paintAtOnce([first, second], 90))
  })

  it('leaves the place of a row empty that is not in this heatmap, and shows the others where they belong', () => {
    const { grid, painter } = startPainter({ rows: [0, undefined, 1] })
    painter.paint([column(7)], 240)
    const whole = paintAtOnce([column(7)], 240)
    expect(new Set(grid.pixels[5])).toEqual(new Set(['nothing']))
    expect(grid.pixels[1]).toEqual(whole[1])
    expect(grid.pixels[9]!.at(-1)).toBe(whole[5]!.at(-1))
  })

  it('marks a row that cannot be compared from end to end', () => {
    const { grid, painter } = startPainter({ rows: [0, undefined, 1], missing: 'unmatched' })
    painter.paint([column(7)], 100)
    expect(new Set(grid.pixels[5])).toEqual(new Set(['unmatched']))
  })

  it('fills only what is new', () => {
    const { grid, painter } = startPainter()
    const columns = steps.map(column)
    painter.paint(columns, 200)
    grid.filled = 0
    painter.paint([...columns, column(204)], 208)
    expect(grid.filled).toBeLessThanOrEqual(rows * 6 * (height / rows))
  })

  it('leaves alone what a newer column on the same pixels would only fill with the same', () => {
    const { grid, painter } = startPainter()
    const alike = (step: number): HistoryColumn => ({ ...column(7), step })
    const columns = [alike(0), alike(100), alike(120)]
    painter.paint(columns, 121)
    grid.filled = 0
    painter.paint([...columns, alike(120.1)], 121)
    expect(grid.filled).toBe(0)
    painter.paint([...columns, alike(120.1), column(120.3)], 125)
    expect(grid.pixels).toEqual(paintAtOnce([...columns, alike(120.1), column(120.3)], 125))
  })

  it('works out no cells of columns that begin on the same pixel as the next', () => {
    const shown: number[] = []
    const known = new CellTable([features, features, features], 0.99, 'paper')
    const table = { cells: (each: HistoryColumn) => known.cells((shown.push(each.step), each)) }
    const { grid, painter } = startPainter({ table })
    painter.paint([0, 40, 80, 80.1, 80.2, 120].map(column), 160)
    expect(shown).toEqual([0, 40, 80.2, 120])
    expect(grid.pixels).toEqual(paintAtOnce([0, 40, 80.2, 120].map(column), 160))
  })

  it('hatches what is not measured yet, before the first column as after the last', () => {
    const { grid, painter } = startPainter()
    painter.paint([column(40)], 60)
    expect([19, 20, 29, 30].map((x) => grid.pixels[0]![x] === 'hatch')).toEqual([true, false, false, true])
  })

  it('marks dead, non-finite and unconverged cells by no colour of the scale', () => {
    const spectra = [spectrum(0), spectrum(0, 'non-finite'), spectrum(4, 'not-converged')]
    const { grid, painter } = startPainter()
    painter.paint([{ step: 0, spectra, heldOutLoss: undefined, heldOutAccuracy: undefined }], 20)
    expect([0, 4, 8].map((y) => grid.pixels[y]![0])).toEqual(['dead', 'fault', 'doubt'])
  })

  it('paints a higher saturation in a lighter colour', () => {
    const { grid, painter } = startPainter()
    const spectra = [spectrum(1), spectrum(10), spectrum(20)]
    painter.paint([{ step: 0, spectra, heldOutLoss: undefined, heldOutAccuracy: undefined }], 20)
    const greens = [0, 4, 8].map((y) => Number(/rgb\(\d+ (\d+)/.exec(String(grid.pixels[y]![0]))?.[1]))
    expect(greens[0]).toBeLessThan(greens[1]!)
    expect(greens[1]).toBeLessThan(greens[2]!)
  })
})
